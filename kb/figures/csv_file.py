"""A table as a file that Excel opens: CSV, in UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return the table with its column names.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def _cell(value: object) -> object:
    is_formula = isinstance(value, str) and value.startswith(_FORMULA_SIGNS)
    return f"'{value}" if is_formula else value
