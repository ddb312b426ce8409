"""Sentences with the authority behind each."""

from __future__ import annotations

import pytest

from kb.content import Authority, citing_parts, cut_procedure, statements_of
from kb.content.fault import FaultCollector
from kb.content.prose import Prose, parse_prose
from tests.content_samples import SAMPLE, procedure_in


def prose(text: str) -> Prose:
    return parse_prose(text, 1, FaultCollector("x"))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("先核身", [("先核身", Authority.NONE)]),
        ("甲。乙〔保险法§47〕", [("甲。", Authority.NONE), ("乙", Authority.LAW)]),
        ("甲〔公司规定〕。乙", [("甲。", Authority.COMPANY), ("乙", Authority.NONE)]),
        ("甲。〔合同约定〕乙", [("甲。", Authority.CONTRACT), ("乙", Authority.NONE)]),
        ("“甲？乙。”〔公司规定〕", [("“甲？", Authority.NONE), ("乙。”", Authority.COMPANY)]),
        ("甲，见[乙](some-id#a)；丙", [("甲，见乙；", Authority.NONE), ("丙", Authority.NONE)]),
        ("甲〔公司规定〕〔保险法§47〕", [("甲", Authority.LAW)]),
        ("甲〔公司规定〕，乙〔合同约定〕", [("甲，乙", Authority.CONTRACT)]),
        ("〔保险法§47〕甲", [("甲", Authority.LAW)]),
    ],
)
def test_a_mark_belongs_to_its_sentence(text: str, sentences: list[tuple[str, Authority]]) -> None:
    assert [(item.text, item.authority) for item in statements_of(prose(text))] == sentences


def test_nothing_of_the_text_is_lost() -> None:
    text = "甲。乙！〔保险法§47〕丙；“丁？”〔公司规定〕\n戊[己](some-id)庚"
    assert "".join(item.text for item in statements_of(prose(text))) == prose(text).plain


def test_a_procedure_is_cut_into_the_statements_of_all_its_parts_in_order() -> None:
    procedure = procedure_in(SAMPLE)
    cut = cut_procedure(procedure)
    assert cut.procedure is procedure
    expected = [item for _, prose in citing_parts(procedure) for item in statements_of(prose)]
    assert list(cut.statements) == expected


def test_sentences_have_no_punctuation_and_names_and_questions_are_some() -> None:
    cut = cut_procedure(procedure_in(SAMPLE))
    assert "尾号是这几位吗" in cut.sentences
    names = cut.procedure.materials[0].name, cut.procedure.deadlines[0].name
    question = cut.procedure.follow_ups[0].question
    assert {*names, question.rstrip("？")} <= set(cut.sentences)
