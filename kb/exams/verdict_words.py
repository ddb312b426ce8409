"""The words with which sheets and people say that a statement is right or wrong."""

from __future__ import annotations

_TRUE = frozenset({"正确", "对", "√", "是", "T", "TRUE", "A", "Y"})
_FALSE = frozenset({"错误", "错", "×", "X", "否", "F", "FALSE", "B", "N"})


def read_verdict(text: str) -> bool | None:
    """Return whether the word says that it is right, None for another word."""
    word = text.strip().upper()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None
