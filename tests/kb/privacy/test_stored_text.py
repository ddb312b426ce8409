"""What is stored of a text: nothing personal, no long number, nothing that a terminal obeys."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.privacy import mask_stored_text
from tests.kb.privacy.samples import SPELLINGS, with_identity_check_digit

IDENTITY = with_identity_check_digit("11010519491231002")


@pytest.mark.parametrize(
    "number",
    [
        "P20231199887",
        "139/8765/4337",
        "139，8765，4338",
        "139\u200b8765\u200b43",
        "139_8765_4339",
        "E12345678",
        "654321",
        "６５４３２１",
        "６５４／３２１",
        "65.43－21",
    ],
)
def test_a_long_number_of_any_kind_is_left_out(number: str) -> None:
    assert mask_stored_text(f"客户{number}退保 12378") == "客户〈号码〉退保 12378"


@pytest.mark.parametrize("spell", SPELLINGS)
def test_an_identifier_is_named_by_its_kind(spell: Callable[[str], str]) -> None:
    assert mask_stored_text(f"打{spell('13800138000')}") == "打〈手机号〉"


def test_an_identifier_behind_signs_that_nobody_sees_is_found() -> None:
    assert mask_stored_text("\u200b".join(IDENTITY)) == "〈身份证号〉"


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x07", "\u202e", "\ud800", "\u2028"])
def test_what_cannot_be_printed_is_left_out(sign: str) -> None:
    assert mask_stored_text(f"退{sign}保，第 3 步“不对”😀") == "退保，第 3 步“不对”😀"
