"""What stands in many procedures, and which are much alike."""

from __future__ import annotations

from kb.content import (
    CutProcedure,
    alike_pairs,
    cut_procedure,
    read_content_files,
    read_pack,
    repeated_sentences,
)
from kb.content.likeness import MAX_SHARE
from kb.settings import PACKAGED_CONTENT
from tests.content_samples import changed, procedure_in

LONG = "登记客户的新号码并当场发一条短信。"


def copies(count: int, sentence: str) -> list[CutProcedure]:
    return [
        cut_procedure(
            procedure_in(
                changed(
                    "id: contact-change",
                    f"id: copy-{number}",
                    changed("1. 核对来电人身份。", f"1. 第{number}种：{sentence}"),
                ),
                f"procedures/保全/copy-{number}.md",
            )
        )
        for number in range(count)
    ]


def sentences(procedures: list[CutProcedure]) -> dict[str, int]:
    found = repeated_sentences(procedures)
    return {sentence: len(ids) for sentence, ids in found.items() if "登记客户" in sentence}


def test_a_sentence_in_four_procedures_is_repeated_and_in_three_is_not() -> None:
    four = copies(4, f"看。{LONG}")
    assert sentences(four) == {LONG.strip("。"): 4}
    assert sentences(four[:3]) == {}


def test_a_short_sentence_and_dated_versions_are_not_counted() -> None:
    assert sentences(copies(4, "看。登记客户的号码。")) == {}
    assert sentences(copies(1, f"看。{LONG}") * 4) == {}


def test_the_share_is_the_jaccard_index_of_groups_of_five() -> None:
    same = copies(2, "看")
    (pair,) = alike_pairs(same)
    assert (pair.first, pair.second) == ("copy-0", "copy-1")
    assert 0.9 < pair.share < 1
    assert alike_pairs(same[:1]) == []


def test_the_shipped_procedures_say_each_thing_once() -> None:
    pack = read_pack(read_content_files(PACKAGED_CONTENT))
    procedures = [cut_procedure(procedure) for procedure in pack.procedures]
    assert len({cut.procedure.id for cut in procedures}) >= 90
    assert repeated_sentences(procedures) == {}
    assert alike_pairs(procedures)[0].share <= MAX_SHARE
