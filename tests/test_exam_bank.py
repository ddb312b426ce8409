"""The bank that is shipped: how much there is, of what, and that no stem repeats its answer."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from kb.content import (
    ITEM_TYPES,
    PIN_HASH_CHARS,
    ContentPack,
    Deadline,
    ExamItem,
    Part,
    block_hash,
    exam_text,
    part_at,
    prose_of,
    read_content_files,
    read_pack,
)
from kb.overlap import overlap
from kb.settings import PACKAGED_CONTENT

ITEMS_LEAST = 270
ITEMS_PER_PROCEDURE = 3
VERDICTS_MOST = 1 / 3
OVERLAP_MOST = 0.5


@cache
def pack() -> ContentPack:
    """Return the packaged content."""
    return read_pack(read_content_files(PACKAGED_CONTENT))


@cache
def items() -> tuple[ExamItem, ...]:
    """Return all items of the packaged content."""
    return tuple(item for file in pack().exam_files for item in file.items)


def parts_of(item: ExamItem) -> list[Part]:
    """Return the parts to which the item is pinned."""
    procedures = {procedure.id: procedure for procedure in pack().procedures}
    found = [part_at(procedures[pin.procedure_id], pin.address) for pin in item.all_pins]
    return [part for part in found if part is not None]


def text_of(part: Part) -> str:
    """Return all that a part says."""
    terms = part.terms if isinstance(part, Deadline) else ()
    name = getattr(part, "name", "") or getattr(part, "question", "")
    said = [name, *(prose.plain for prose in prose_of(part))]
    return " ".join([*said, *(f"{term.wording} {term.starts_from}" for term in terms)])


def test_every_file_reads_back_as_it_is_written() -> None:
    assert [exam.path for exam in pack().exams if exam.file is None] == []
    for file in pack().exam_files:
        assert (PACKAGED_CONTENT / file.path).read_text(encoding="utf-8") == exam_text(file)


def test_there_are_enough_items_of_every_procedure() -> None:
    assert len(items()) >= ITEMS_LEAST
    counts = Counter(next(iter(item.pins)).procedure_id for item in items())
    ids = {procedure.id for procedure in pack().procedures}
    assert {id_: counts[id_] for id_ in ids if counts[id_] < ITEMS_PER_PROCEDURE} == {}


def test_every_type_is_there_and_verdicts_are_a_third_at_most() -> None:
    counts = Counter(item.type for item in items())
    assert set(counts) == set(ITEM_TYPES)
    assert counts["判断"] <= VERDICTS_MOST * len(items())


def test_both_banks_are_there() -> None:
    assert {file.bank for file in pack().exam_files} == {"练习", "考试"}


@pytest.mark.parametrize("item", items(), ids=lambda item: item.id)
def test_an_item_is_pinned_to_what_stands_and_explained_by_it(item: ExamItem) -> None:
    parts = parts_of(item)
    assert len(parts) == len(item.all_pins) > 0
    confirmed = [block_hash(part)[:PIN_HASH_CHARS] for part in parts]
    assert confirmed == [pin.block_hash for pin in item.all_pins]
    linked = {link.procedure_id for link in item.explanation.links}
    assert linked & {pin.procedure_id for pin in item.pins}
    lines = [text_of(part) for part in parts]
    assert overlap(item.stem, lines) <= OVERLAP_MOST


def test_verdicts_and_letters_do_not_give_themselves_away() -> None:
    verdicts = Counter(str(item.solution) for item in items() if item.type == "判断")
    letters = Counter(str(item.solution) for item in items() if item.type == "单选")
    assert max(verdicts.values()) <= 0.6 * sum(verdicts.values())
    assert max(letters.values()) <= 0.4 * sum(letters.values())
