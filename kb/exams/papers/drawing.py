"""Order by lot: the same for a seed on every machine, whatever else is in the bank."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def by_lot(values: Iterable[T], name: Callable[[T], str], seed: int, purpose: str) -> list[T]:
    """Return the values in an order that follows from their names, the seed and the purpose.

    Each value has a lot of its own, the hash of these: one more value in the bank moves no other,
    which a shuffled list would not promise, nor the next version of Python a shuffle.
    """
    return sorted(values, key=lambda value: _lot(f"{seed}/{purpose}/{name(value)}"))


def _lot(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
