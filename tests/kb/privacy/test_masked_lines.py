"""Texts of several lines are masked line by line, and the lines are named."""

from __future__ import annotations

import pytest

from kb.privacy import MaskedText, mask_lines


@pytest.mark.parametrize(
    ("text", "masked", "lines"),
    [
        ("", "", ()),
        ("可以。", "可以。", ()),
        (
            "\n 打 13800138000\r\n\r\n好\r\n京A12345 的车\n\n",
            "打 〈手机号〉\n\n好\n〈车牌号〉 的车",
            (1, 4),
        ),
        ("保额 500000 元，30 天内", "保额 500000 元，30 天内", ()),
        ("可\x00以\x1b[2J\u202e。\tA", "可以[2J。A", ()),
        ("保\ud800险", "保险", ()),
    ],
)
def test_identifiers_go_and_lines_stay(text: str, masked: str, lines: tuple[int, ...]) -> None:
    assert mask_lines(text) == MaskedText(masked, lines)
