"""Sentences with the authority behind each."""

from __future__ import annotations

import pytest

from kb.content import Authority, statements_of
from kb.content.fault import FaultCollector
from kb.content.prose import Prose, parse_prose


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
