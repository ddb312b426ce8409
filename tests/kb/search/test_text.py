"""One written form for queries and content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.text import CJK_RUN, TOKEN_RUN, normalise
from tests.content_samples import PROPERTY

TWICE_SIMPLIFIED = "薴苧么麼麽"
"""OpenCC's own tables simplify these in two goes; no insurance word has them."""


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("退保", "退保"),
        ("ＡＰＰ１２", "app12"),
        ("㈱ⅳ①", "(株)iv1"),
        ("App", "app"),
        ("退保申請需要什麼資料", "退保申请需要什么资料"),
        ("變更受益人", "变更受益人"),
        ("乾坤", "乾坤"),
        ("保險單號", "保险单号"),
        ("  退\t保\n\u3000金  ", "退 保 金"),
        ("ﬁ", "fi"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_a_text_is_folded_to_one_form(text: str, form: str) -> None:
    assert normalise(text) == form


@PROPERTY
@given(st.text() | st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = normalise(text.translate(dict.fromkeys(map(ord, TWICE_SIMPLIFIED))))
    assert normalise(once) == once


@PROPERTY
@given(st.text())
def test_a_folded_text_has_single_spaces_and_no_capitals(text: str) -> None:
    folded = normalise(text)
    assert folded == " ".join(folded.split())
    assert folded == folded.lower()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("退保,要app吗?", ["退保", "要", "app", "吗"]),
        ("利率2.5%", ["利率", "2.5"]),
        ("b5.1.x", ["b5.1", "x"]),
        ("——", []),
        ("3天内", ["3天", "内"]),
        ("3份", ["3", "份"]),
    ],
)
def test_tokens_are_amounts_runs_of_chinese_and_runs_of_letters_and_digits(
    text: str, tokens: list[str]
) -> None:
    assert TOKEN_RUN.findall(text) == tokens


def test_a_run_of_chinese_ends_at_letters_digits_and_punctuation() -> None:
    assert CJK_RUN.findall("退保a金，卡3号") == ["退保", "金", "卡", "号"]
