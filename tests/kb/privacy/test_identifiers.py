"""Identifiers are found in every spelling; what only looks like one is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.privacy import find_identifiers, mask_identifiers
from tests.content_samples import PROPERTY
from tests.kb.privacy.samples import (
    CARD_NUMBERS,
    IDENTITY_NUMBERS,
    MOBILE_NUMBERS,
    PLATES,
    SENTENCES,
    SPELLINGS,
    with_identity_check_digit,
    with_luhn_digit,
)

spellings = st.sampled_from(SPELLINGS)
sentences = st.sampled_from(SENTENCES)
Spelling = Callable[[str], str]


def test_the_made_up_numbers_have_the_check_digits_of_the_standards() -> None:
    assert with_identity_check_digit("11010519491231002") == "11010519491231002X"  # GB 11643
    assert with_luhn_digit("7992739871") == "79927398713"  # the example of ISO/IEC 7812


@PROPERTY
@given(IDENTITY_NUMBERS, spellings, sentences)
def test_an_identity_number_is_masked_in_every_spelling(
    number: str, spell: Spelling, sentence: str
) -> None:
    assert mask_identifiers(sentence.format(spell(number))) == sentence.format("〈身份证号〉")


@PROPERTY
@given(MOBILE_NUMBERS, spellings, sentences)
def test_a_mobile_number_is_masked_in_every_spelling(
    number: str, spell: Spelling, sentence: str
) -> None:
    assert mask_identifiers(sentence.format(spell(number))) == sentence.format("〈手机号〉")


@PROPERTY
@given(CARD_NUMBERS, spellings, sentences)
def test_a_card_number_is_masked_in_every_spelling(
    number: str, spell: Spelling, sentence: str
) -> None:
    assert mask_identifiers(sentence.format(spell(number))) == sentence.format("〈银行卡号〉")


@PROPERTY
@given(PLATES, st.sampled_from(["", " ", "·"]), sentences)
def test_a_plate_is_masked_with_or_without_its_dot(plate: str, dot: str, sentence: str) -> None:
    written = plate[:2] + dot + plate[2:]
    assert mask_identifiers(sentence.format(written)) == sentence.format("〈车牌号〉")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("+86 138 0013 8000", "+〈手机号〉"),
        ("打010-12345678", "打〈固定电话〉"),
        ("打0755 1234567吧", "打〈固定电话〉吧"),
        ("老身份证110105491231002", "老身份证〈身份证号〉"),
        ("保单号：P2026000123的", "保单号：〈单证号〉的"),
        ("保险单号码是 2026 0001 2345", "保险单号码是 〈单证号〉"),
        ("赔案号A1B2C3D4E5", "赔案号〈单证号〉"),
        ("报案号为２０２６０００１２３", "报案号为〈单证号〉"),
        ("粤Ｂ１２３４５的车", "〈车牌号〉的车"),
        ("京a12345", "〈车牌号〉"),
        ("新能源粤BD12345", "新能源〈车牌号〉"),
        ("我的88881234567890不见了", "我的〈单证号〉不见了"),
    ],
)
def test_other_identifiers_are_masked_where_they_stand(text: str, masked: str) -> None:
    assert mask_identifiers(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "保额50万元，年交12,000.00元",
        "退了3650.5元",
        "30自然日或60自然日",
        "2026-01-01",
        "2026年10月8日上午10:30",
        "2026-01-01 10:00:00",
        "20260101",
        "〔保险法§47第2款〕和〔民法典§1165〕",
        "第一百二十三条",
        "一二三四五，上山打老虎",
        "产品代码AB1234567890",
        "条款编码H2026-LIFE-001",
        "打95500或12378",
        "400-800-1234",
        "10000元、20000元、30000元",
        "年化3.5%，20年",
        "版本1.2.3.4",
        "新规A4纸，川贝B族",
        "京东APP",
        "合同第12345678条",
        "身高175体重65",
    ],
)
def test_amounts_dates_articles_and_codes_are_left_alone(text: str) -> None:
    assert find_identifiers(text) == []
    assert mask_identifiers(text) == text


@PROPERTY
@given(
    st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 4000), st.sampled_from([" ", "--"])
)
@example(date(2026, 12, 31), 90, " ")
def test_two_dates_side_by_side_are_left_alone(start: date, days: int, between: str) -> None:
    text = f"{start}{between}{start + timedelta(days=days)}"
    assert mask_identifiers(text) == text


@PROPERTY
@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 86399), st.integers(0, 999))
@example(date(2026, 1, 1), 36000, 123)
def test_a_time_stamp_is_left_alone(day: date, seconds: int, milliseconds: int) -> None:
    clock = timedelta(seconds=seconds)
    text = f"{day:%Y%m%d}{str(clock).zfill(8).replace(':', '')}{milliseconds:03}"
    assert mask_identifiers(text) == text


@PROPERTY
@given(st.integers(0, 10**8), st.sampled_from(["元", "万元", ".50元", "%", "天"]))
def test_an_amount_is_left_alone(amount: int, unit: str) -> None:
    assert find_identifiers(f"一共{amount}{unit}，或者{amount:,}{unit}") == []


@pytest.mark.parametrize("day", ["2026-01-01", "20260101", "2026.1.1", "2026 01 01"])
@pytest.mark.parametrize("number", ["13800138001", "138 0013 8001", "13912345670"])
def test_a_number_after_a_date_is_masked(day: str, number: str) -> None:
    masked = mask_identifiers(f"{day} {number}")
    assert number.replace(" ", "")[-8:] not in masked.replace(" ", "")


@pytest.mark.parametrize("gap", ["\u00a0", "\u3000", "－", "–"])
def test_any_blank_or_hyphen_may_stand_inside_a_number(gap: str) -> None:
    assert mask_identifiers(gap.join(["138", "0013", "8000"])) == "〈手机号〉"


@pytest.mark.parametrize("number", ["HT-2026-0001234", "（P20260001234）"])
def test_a_document_number_may_have_a_prefix(number: str) -> None:
    assert "0001234" not in mask_identifiers(f"保单号{number}").replace(" ", "")


@pytest.mark.parametrize("product", ["新APP2026版", "豫见A款2026新版", "云ABC2026方案"])
def test_a_product_name_is_no_plate(product: str) -> None:
    assert find_identifiers(product) == []
