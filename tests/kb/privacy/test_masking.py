"""Masking: offsets, order, nothing else altered, nothing left over."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.privacy import find_identifiers, mask_identifiers
from tests.content_samples import PROPERTY
from tests.kb.privacy.samples import MOBILE_NUMBERS, PLATES

CHINESE_DIGITS = "零〇○一二三四五六七八九幺"
WITHOUT_DIGITS = st.text(
    st.characters(exclude_categories=("Nd", "Nl", "No", "Cs"), exclude_characters=CHINESE_DIGITS),
    max_size=60,
)
PIECES = st.lists(
    st.sampled_from(
        ["1", "0", "138", "0013", "8000", "20260101", "110105", "19491231002X", "12345", "0755",
         "保单号", "合同", "号", "京A", " ", "-", ".", "，", "元", "X", "abc", "六",
         "幺三八", "〈手机号〉"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@PROPERTY
@given(WITHOUT_DIGITS)
def test_text_without_digits_is_never_altered(text: str) -> None:
    assert mask_identifiers(text) == text


@PROPERTY
@given(st.text(max_size=80))
def test_any_text_can_be_masked(text: str) -> None:
    mask_identifiers(text)


@PROPERTY
@given(WITHOUT_DIGITS, MOBILE_NUMBERS, WITHOUT_DIGITS)
def test_only_the_identifier_itself_is_replaced(before: str, number: str, after: str) -> None:
    text = f"{before}，{number}，{after}"
    assert mask_identifiers(text) == f"{before}，〈手机号〉，{after}"


@PROPERTY
@given(WITHOUT_DIGITS, PLATES, WITHOUT_DIGITS)
@example("Straße，", "京A12345", "")
@example("ﬁ ŉ ǰ ", "京A12345", " ß")
def test_a_plate_is_masked_whatever_letters_stand_before_it(
    before: str, plate: str, after: str
) -> None:
    text = f"{before}，{plate}，{after}"
    assert mask_identifiers(text) == f"{before}，〈车牌号〉，{after}"


@PROPERTY
@given(PIECES)
@example("保单号" + "1" * 40)
def test_masking_twice_is_masking_once(text: str) -> None:
    masked = mask_identifiers(text)
    assert mask_identifiers(masked) == masked


@PROPERTY
@given(PIECES)
def test_identifiers_come_in_order_without_overlap_and_inside_the_text(text: str) -> None:
    found = find_identifiers(text)
    ends = [0, *(item.end for item in found)]
    assert all(end <= item.start < item.end for end, item in zip(ends, found, strict=False))
    assert not found or found[-1].end <= len(text)


@PROPERTY
@given(PIECES)
def test_the_mask_replaces_what_was_found_and_keeps_the_rest(text: str) -> None:
    kept = text
    for item in reversed(find_identifiers(text)):
        kept = f"{kept[: item.start]}〈{item.kind}〉{kept[item.end :]}"
    assert mask_identifiers(text) == kept


def test_several_identifiers_of_a_sentence_are_each_masked() -> None:
    text = "我是11010519491231002X，手机13800138000，车京A12345，保单号P2026000123"
    assert (
        mask_identifiers(text) == "我是〈身份证号〉，手机〈手机号〉，车〈车牌号〉，保单号〈单证号〉"
    )


def test_two_numbers_with_a_blank_between_them_are_both_masked() -> None:
    assert mask_identifiers("13800138000 13900139000") == "〈手机号〉 〈手机号〉"


@pytest.mark.parametrize(
    "text", ["13800138000 6222 0200 1234 5678 903", "保单号" + "1" * 40, "2026.1.1 13800138000"]
)
def test_no_long_run_of_digits_is_left_over(text: str) -> None:
    left = re.sub(r"[ \-.]", "", mask_identifiers(text))
    assert not re.search(r"\d{9}", left)


def test_an_empty_text_stays_empty() -> None:
    assert mask_identifiers("") == ""
    assert find_identifiers("") == []
