"""Characters that neither XML nor a spreadsheet can hold."""

from __future__ import annotations

import unicodedata
from typing import Any


def unwritable_in(value: Any) -> str | None:
    """Return the first such character in the texts of a JSON value, or None.

    These are control characters, among them carriage returns, which XML would turn into line ends,
    halves of surrogate pairs, and the two that stand for none.
    """
    if isinstance(value, str):
        return next((char for char in value if _is_unwritable(char)), None)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return next(filter(None, map(unwritable_in, value)), None)
    return None


def _is_unwritable(char: str) -> bool:
    return (
        char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs")
    ) or char in "\ufffe\uffff"
