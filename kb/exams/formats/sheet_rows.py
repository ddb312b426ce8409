"""The rows of the first sheet of a workbook as texts, and the columns by their names."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any

from kb.errors import DocumentRefused
from kb.exams.formats.archive import BROKEN, open_archive

MAX_ROWS = 20_000
MAX_COLUMNS = 200
_HEADER_ROWS = 10
"""Titles and instructions stand above the names of the columns."""


@dataclass(frozen=True, slots=True)
class SheetRows:
    """What stands in a sheet."""

    rows: tuple[tuple[str, ...], ...]
    """All equally long; numbers as they are shown without a format, formulas by their value."""


def read_sheet(data: bytes) -> SheetRows:
    """Return the first sheet. Raises DocumentRefused for what is no workbook, or too large."""
    # Loaded on first use: few requests need it, and it takes its time.
    from openpyxl import load_workbook

    open_archive(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        found = book.worksheets[0].iter_rows(values_only=True, max_col=MAX_COLUMNS)
        rows = [tuple(map(_text, row)) for row in islice(found, MAX_ROWS + 1)]
    # What a crafted workbook makes openpyxl raise has no end; definitions of entities, which
    # defusedxml refuses, come out as a ValueError. None of it is ours.
    except Exception:
        raise DocumentRefused(BROKEN) from None
    if len(rows) > MAX_ROWS:
        raise DocumentRefused(f"这张表超过{MAX_ROWS}行，请分成几个文件。")
    width = max(map(len, rows), default=0)
    return SheetRows(tuple(row + ("",) * (width - len(row)) for row in rows))


def find_columns(
    rows: Sequence[Sequence[str]],
    names: Mapping[str, Sequence[str]],
    is_enough: Callable[[Collection[str]], bool],
) -> tuple[int, dict[str, int]] | None:
    """Return the place of the row with the column names, and of each column in it, from 0.

    `names` gives the spellings of each name. None when none of the first rows has enough of them.
    """
    spellings = {_plain(word): name for name, words in names.items() for word in words}
    for place, row in enumerate(rows[:_HEADER_ROWS]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = spellings.get(_plain(cell))
            if name is not None:
                columns.setdefault(name, column)
        if is_enough(columns):
            return place, columns
    return None


def _plain(text: str) -> str:
    """Return a column's name without its white space, star and remark in brackets."""
    word = unicodedata.normalize("NFKC", text).upper()
    return "".join(word.split("(")[0].replace("*", "").replace(":", "").split())


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").strip()
