"""What an utterance is about, as learned from what is said for each intent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kb.search.analyzer import Analyzer
from kb.search.intent_model import (
    NOTHING_RECOGNISED,
    IntentModel,
    Intents,
    Recognition,
    intent_words,
    load_intent_model,
)
from kb.search.intent_training import Utterance, train_intents

INTENTS = Intents(("surrender", "lapse"), ("社会保险",))
SAID = (
    ("我要退保", "退保带什么材料", "合同不要了想退保"),
    ("保单断了怎么恢复", "保单停了", "保单效力没了"),
    ("社保断了能补吗", "社保要退费", "社保停了怎么补"),
)


def utterances(analyzer: Analyzer) -> list[Utterance]:
    return [
        Utterance(intent, intent_words(analyzer.query(text)))
        for intent, said in enumerate(SAID)
        for text in said
    ]


@pytest.fixture(scope="module")
def model(analyzer: Analyzer) -> IntentModel:
    return train_intents(INTENTS, utterances(analyzer))


def recognise(model: IntentModel, analyzer: Analyzer, text: str) -> Recognition:
    selected = frozenset((*INTENTS.procedures, *(f"p{number}" for number in range(150))))
    return model.recognise(analyzer.query(text), selected)


def likeliest(evidence: Mapping[str, float]) -> str:
    return max(evidence, key=lambda procedure: evidence[procedure])


@pytest.mark.parametrize(
    ("text", "procedure"),
    [("退保 合同", "surrender"), ("退保材料", "surrender"), ("保单 恢复", "lapse")],
)
def test_words_speak_for_the_procedure_for_which_they_were_said(
    model: IntentModel, analyzer: Analyzer, text: str, procedure: str
) -> None:
    recognition = recognise(model, analyzer, text)
    assert likeliest(recognition.evidence) == procedure
    assert recognition.lead > 0


def test_words_said_of_others_business_lead_away(model: IntentModel, analyzer: Analyzer) -> None:
    recognition = recognise(model, analyzer, "社保停了补")
    assert recognition.subject == "社会保险"
    assert recognition.lead < 0


def test_a_word_said_for_all_decides_less_than_one_said_for_one(
    model: IntentModel, analyzer: Analyzer
) -> None:
    shared = recognise(model, analyzer, "停了").evidence["lapse"]
    assert recognise(model, analyzer, "恢复").evidence["lapse"] > shared


def test_more_of_the_same_is_more_evidence_but_no_greater_lead(
    model: IntentModel, analyzer: Analyzer
) -> None:
    one, two = (recognise(model, analyzer, text) for text in ("退保", "退保 材料"))
    assert two.evidence["surrender"] > one.evidence["surrender"]
    assert two.lead < 2 * one.lead


@pytest.mark.parametrize("text", ["宇航员", "？", "abc"])
def test_unknown_words_say_nothing(model: IntentModel, analyzer: Analyzer, text: str) -> None:
    assert recognise(model, analyzer, text) == NOTHING_RECOGNISED


def test_a_model_without_utterances_recognises_nothing(analyzer: Analyzer) -> None:
    model = train_intents(INTENTS, [])
    assert recognise(model, analyzer, "退保") == NOTHING_RECOGNISED


def test_a_word_that_was_said_for_very_many_has_no_weight(analyzer: Analyzer) -> None:
    many = 150
    intents = Intents(tuple(f"p{number}" for number in range(many)), ())
    said = [Utterance(number, {"保单": 1.0, str(number): 1.0}) for number in range(many)]
    assert recognise(train_intents(intents, said), analyzer, "保单").evidence == {}
    for number in range(1, many):
        said[number] = Utterance(number, {str(number): 1.0})
    assert likeliest(recognise(train_intents(intents, said), analyzer, "保单").evidence) == "p0"


def test_a_saved_model_recognises_the_same(
    model: IntentModel, analyzer: Analyzer, tmp_path: Path
) -> None:
    model.save(tmp_path / "intents")
    loaded = load_intent_model(tmp_path / "intents")
    for text in ("退保材料", "社保停了", "保单"):
        assert recognise(loaded, analyzer, text) == recognise(model, analyzer, text)


def test_a_procedure_that_may_not_be_found_speaks_for_nothing(
    model: IntentModel, analyzer: Analyzer
) -> None:
    query = analyzer.query("退保材料")
    assert model.recognise(query, frozenset({"surrender", "lapse"})).lead > 0
    without = model.recognise(query, frozenset({"lapse"}))
    assert "surrender" not in without.evidence
    assert without.lead <= 0
