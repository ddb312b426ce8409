"""Which parts of a procedure have items."""

from __future__ import annotations

from kb.exams import COVERED_KINDS, CoverageRow, ItemBank, Staleness, coverage, coverage_table
from kb.people import Person, Role
from tests.content_samples import SAMPLE_PATH, changed
from tests.kb.indexing.desks import Desk

TRAINER = Person("1", "linx", "林晓", "", frozenset({Role.TRAINER}))


def rows(desk: Desk, person: Person | None = None) -> dict[str, CoverageRow]:
    desk.refresh()
    bank = ItemBank.of(desk.view, person)
    return {row.card.id: row for row in coverage(desk.view, bank, Staleness(desk.view))}


def counts(row: CoverageRow) -> list[tuple[int, int, int]]:
    """Return parts with items, all parts and items, kind by kind."""
    return [(cell.covered, len(cell.parts), cell.items) for cell in row.cells]


def test_every_procedure_in_force_has_a_row_with_every_kind(desk: Desk) -> None:
    found = rows(desk)
    assert set(found) == {"contact-change", "address-change"}
    for row in found.values():
        assert tuple(cell.kind for cell in row.cells) == COVERED_KINDS
    assert counts(found["address-change"]) == [(0, 0, 0)] * 4


def test_parts_and_items_are_counted(desk: Desk) -> None:
    row = rows(desk)["contact-change"]
    assert row.items == 6
    assert counts(row) == [(2, 2, 2), (0, 3, 0), (1, 4, 1), (1, 2, 1)]
    covered = {part.address: part.item_ids for cell in row.cells for part in cell.parts}
    assert covered["proxy/必说/1"] == ("contact-5",)
    assert covered["所需材料/变更申请书"] == ()


def test_items_of_exams_count_for_those_who_may_see_them(desk: Desk) -> None:
    assert counts(rows(desk, TRAINER)["contact-change"])[1] == (1, 3, 1)


def test_a_stale_item_covers_nothing(desk: Desk) -> None:
    desk.write({SAMPLE_PATH: changed("| 5工作日 |", "| 6工作日 |")})
    row = rows(desk)["contact-change"]
    assert row.items == 5
    assert counts(row)[2] == (0, 4, 0)


def test_the_table_names_every_kind(desk: Desk) -> None:
    heading, *lines = coverage_table(rows(desk).values())
    assert heading[:4] == ("分类", "规程", "编号", "题数")
    assert heading[4:7] == ("必说有题", "必说共", "必说题数")
    assert all(len(line) == len(heading) for line in lines)
    row = next(line for line in lines if line[2] == "contact-change")
    assert row[:4] == ("保全", "变更联系电话", "contact-change", "6")
    assert row[4:] == ("2", "2", "2", "0", "3", "0", "1", "4", "1", "1", "2", "1")
