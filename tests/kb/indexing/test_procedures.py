"""Procedures are read from the bytes that the index keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from kb.content import Procedure
from kb.errors import IndexUnavailable
from kb.indexing import Card, procedure_reader, procedures
from kb.indexing.card import make_card
from tests.content_samples import SAMPLE, procedure_in

DATA = SAMPLE.encode()
CARD = make_card(procedure_in(SAMPLE))


def reader(sources: Mapping[int, bytes], read: list[int]) -> Callable[[int], Procedure]:
    """Return a reader over documents whose cards fit them; `read` takes what is fetched."""

    def source(number: int) -> bytes:
        read.append(number)
        return sources[number]

    cards: dict[int, Card] = {
        number: replace(CARD, revision=hashlib.sha256(data).hexdigest())
        for number, data in sources.items()
    }
    return procedure_reader(source, cards)


def test_a_procedure_is_read_from_its_bytes() -> None:
    procedure = procedure_reader(lambda _: DATA, {7: CARD})(7)
    assert procedure == procedure_in(SAMPLE)


def test_bytes_that_do_not_hash_to_the_revision_are_refused() -> None:
    changed = DATA.replace("投保人".encode(), "被保人".encode(), 1)
    with pytest.raises(IndexUnavailable, match=r"contact-change.*已损坏"):
        procedure_reader(lambda _: changed, {7: CARD})(7)


def test_bytes_that_are_no_procedure_are_refused() -> None:
    with pytest.raises(IndexUnavailable, match=r"contact-change.*读不出来"):
        reader({7: b"broken"}, [])(7)


def test_the_procedures_read_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(procedures, "_KEPT_PROCEDURES", 2)
    fetched: list[int] = []
    read = reader(dict.fromkeys((1, 2, 3), DATA), fetched)
    assert read(1) is read(1)
    for number in (2, 1, 3, 1, 2):
        read(number)
    assert fetched == [1, 2, 3, 2]


def test_what_could_not_be_read_is_tried_again() -> None:
    fetched: list[int] = []
    read = reader({7: b"broken"}, fetched)
    for _ in range(2):
        with pytest.raises(IndexUnavailable):
            read(7)
    assert fetched == [7, 7]
