"""The intent model follows the content, after the content itself."""

from __future__ import annotations

import pytest

from kb.content.heard import heard_path
from kb.indexing import load_generation
from kb.search.engine import Selection
from kb.search.intent_model import Recognition, load_intent_model
from tests.kb.indexing.desks import TODAY, Desk


def recognised(desk: Desk, text: str) -> Recognition:
    """Return what the generation in use recognises."""
    loaded = load_generation(desk.generation, TODAY)
    selected = loaded.engine.selected(Selection(TODAY))
    return loaded.intents.recognise(loaded.analyzer.query(text), selected)


def test_a_full_build_trains_on_titles_keywords_and_what_was_heard(desk: Desk) -> None:
    desk.publish("surrender", "退保材料", more="keywords: [解除合同]\n")
    desk.write({heard_path("surrender"): "不想续了\n"})
    desk.remove("payment")
    desk.write({"lexicon/terms.txt": "解除合同\n"})
    assert desk.refresh()
    assert not desk.builder.train()
    for text in ("退保", "解除合同", "续了"):
        assert set(recognised(desk, text).evidence) == {"surrender"}, text


def test_a_small_update_keeps_the_model_until_it_is_trained_anew(desk: Desk) -> None:
    desk.publish("second", "保单贷款")
    assert desk.refresh()
    assert desk.found("贷款") == ["second"]
    assert recognised(desk, "贷款").evidence == {}
    assert desk.builder.train()
    assert set(recognised(desk, "贷款").evidence) == {"second"}
    assert not desk.builder.train()


def test_training_gives_way_to_a_change_that_waits(desk: Desk) -> None:
    desk.publish("second", "保单贷款")
    desk.refresh()
    generation = desk.generation.name
    desk.publish("third", "发票补发")
    assert not desk.builder.train()
    assert desk.generation.name == generation
    assert {path.name for path in desk.index.iterdir() if path.name > generation} <= {
        "CURRENT",
        "builder.lock",
        "dictionary",
    }
    assert desk.refresh()
    assert desk.found("发票") == ["third"]
    assert desk.builder.train()
    assert set(recognised(desk, "贷款").evidence) == {"second"}


def test_training_changes_nothing_but_the_model(desk: Desk) -> None:
    desk.publish("second", "保单贷款")
    desk.refresh()
    before = desk.generation.read_manifest()
    desk.builder.train()
    after = desk.generation.read_manifest()
    assert after.sources == before.sources
    assert after.trained_on != before.trained_on
    for name, digest in before.files.items():
        if not name.startswith("intents/") and not name.endswith("LOCK"):
            assert after.files[name] == digest
    assert desk.generation.damaged_file(after) is None
    assert desk.new_builder().train() is False
    assert not desk.refresh()


def test_a_small_update_after_training_goes_on(desk: Desk) -> None:
    for number, title in enumerate(("保单贷款", "保单补发", "保单迁移")):
        desk.publish(f"more-{number}", title)
        assert desk.refresh()
        assert desk.builder.train()
        assert desk.found(title)[0] == f"more-{number}"


def test_what_is_newly_heard_is_found_after_a_small_update_and_teaches_later(desk: Desk) -> None:
    desk.refresh()
    revision = desk.view.card_of("surrender").revision  # type: ignore[union-attr]
    desk.write({heard_path("surrender"): "打算散伙\n"})
    assert desk.refresh()
    assert desk.found("散伙") == ["surrender"]
    assert desk.view.card_of("surrender").revision == revision  # type: ignore[union-attr]
    assert recognised(desk, "散伙").evidence == {}
    desk.builder.train()
    assert set(recognised(desk, "散伙").evidence) == {"surrender"}
    (desk.content / heard_path("surrender")).unlink()
    assert desk.refresh()
    assert desk.found("散伙") == []


def test_heard_lines_that_cannot_be_read_keep_no_procedure_out(desk: Desk) -> None:
    path = desk.content / heard_path("surrender")
    path.parent.mkdir()
    path.write_bytes("打算散伙".encode("gbk"))
    assert desk.refresh()
    assert desk.found("退保") == ["surrender"]


def test_a_builder_that_starts_again_trains_what_was_left(desk: Desk) -> None:
    desk.publish("second", "保单贷款")
    desk.refresh()
    builder = desk.new_builder()
    assert not builder.refresh()
    assert builder.train()


def test_the_business_of_others_is_recognised_and_named(desk: Desk) -> None:
    desk.refresh()
    recognition = recognised(desk, "社保断了补")
    assert recognition.subject == "社会保险"
    assert recognition.lead < 0


def test_dated_versions_teach_one_intent(desk: Desk) -> None:
    desk.publish("surrender", "退保须知", start="2026-05-01")
    text = (desk.content / "procedures/保全/surrender.md").read_text(encoding="utf-8")
    desk.write({"procedures/保全/surrender@2026-05-01.md": text})
    desk.publish("surrender", "退保材料")
    desk.refresh()
    desk.builder.train()
    assert set(recognised(desk, "须知").evidence) == {"surrender"}
    assert set(recognised(desk, "材料").evidence) == {"surrender"}


def test_a_damaged_model_is_noticed_and_rebuilt(scrubbing_desk: Desk) -> None:
    path = scrubbing_desk.generation.intents / "rarity.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert scrubbing_desk.refresh()
    load_intent_model(scrubbing_desk.generation.intents)
    assert scrubbing_desk.found("退保") == ["surrender"]


@pytest.mark.parametrize("text", ["今天", "？"])
def test_what_nobody_says_is_not_recognised(desk: Desk, text: str) -> None:
    assert recognised(desk, text).evidence == {}


def test_a_retired_procedure_no_longer_makes_its_questions_look_answered(desk: Desk) -> None:
    desk.publish("loan", "保单贷款")
    desk.write({heard_path("loan"): "抵押保单借款利率\n"})
    desk.refresh()
    desk.builder.train()
    before = recognised(desk, "抵押借款利率").lead
    desk.publish("loan", "保单贷款", more="effective_until: 2026-05-01\n")
    desk.refresh()
    desk.builder.train()
    assert recognised(desk, "抵押借款利率").lead <= 0 < before
