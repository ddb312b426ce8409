"""Reads the procedures of a generation from the bytes that it keeps of their files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache

from kb.content import Procedure, parse_procedure_file
from kb.errors import IndexUnavailable
from kb.indexing.card import Card

_KEPT_PROCEDURES = 512


def procedure_reader(
    source: Callable[[int], bytes], cards: Mapping[int, Card]
) -> Callable[[int], Procedure]:
    """Return a function document number → procedure, which keeps the procedures read last.

    `source` returns the bytes of a document's file. The function raises IndexUnavailable for bytes
    that do not hash to the revision on the card: nothing else may be shown under it.
    """

    @lru_cache(_KEPT_PROCEDURES)
    def read(number: int) -> Procedure:
        card, data = cards[number], source(number)
        if hashlib.sha256(data).hexdigest() != card.revision:
            raise IndexUnavailable(f"规程“{card.id}”的索引已损坏，正在重建，请稍候再试。")
        procedure = parse_procedure_file(card.path, data).procedure
        if procedure is None:
            raise IndexUnavailable(f"规程“{card.id}”读不出来，正在重建，请稍候再试。")
        return procedure

    return read
