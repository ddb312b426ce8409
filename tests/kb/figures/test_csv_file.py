"""A table as a file for Excel."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from kb.figures import csv_file


def cells(*values: object) -> list[str]:
    """Return a row as a spreadsheet reads it."""
    text = csv_file(["列"] * len(values), [values]).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))[1]


def test_excel_is_told_that_it_is_utf_8() -> None:
    assert csv_file(["规程"], [["退保"]]) == "\ufeff规程\r\n退保\r\n".encode()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_is_none(sign: str) -> None:
    assert cells(f"{sign}cmd|' /C calc'!A0", "退保") == [f"'{sign}cmd|' /C calc'!A0", "退保"]


def test_other_cells_stay_as_they_are() -> None:
    assert cells(-1, 0.25, "a,b", 'say "no"', "一\n二", "1-2", "") == [
        "-1",
        "0.25",
        "a,b",
        'say "no"',
        "一\n二",
        "1-2",
        "",
    ]
