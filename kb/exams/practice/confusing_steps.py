"""The steps that people get wrong: in practice, in searches, and by what they say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nsmallest

from sqlalchemy import Connection, Engine, case, func, not_, select

from kb.content import Block, Part
from kb.exams.bank import ItemBank
from kb.exams.practice.access import check_trainer
from kb.exams.practice.responses import Span
from kb.exams.staleness import Staleness
from kb.knowledge_view import KnowledgeView
from kb.people import Person
from kb.state import reading
from kb.state.tables import exam_attempts, exam_responses, feedback, search_events

MOST_CONFUSING = 10
LEAST_RESPONSES = 5
"""Fewer say little about a step."""
_FLAGS = ("没解决", "有错")

_Place = tuple[str, str]
"""Procedure id, address of a step, or of another part that items are pinned to."""


@dataclass(frozen=True, slots=True)
class ConfusingStep:
    """A step, or another part with an address, and what speaks of its being hard to get right."""

    procedure_id: str
    address: str
    item_ids: tuple[str, ...]
    """Of the items pinned to it that were answered."""
    responses: int
    facility: float
    """Share of the points that these items brought, 0 to 1."""
    failed_searches: int
    """Without an answer, though the procedure was the nearest, or was opened."""
    flags: int
    """没解决 and 有错, on the procedure."""
    score: float
    """From 0 to 3: 1 - facility, then failed searches and flags as shares of the most of any
    procedure."""


@dataclass(frozen=True, slots=True)
class _Tally:
    """What one item brought."""

    responses: int
    points: float
    worth: int


def confusing_steps(
    engine: Engine, by: Person, view: KnowledgeView, period: Span
) -> list[ConfusingStep]:
    """Return at most `MOST_CONFUSING` steps in force today, the most confusing first.

    Items count by their id and by where they are pinned today, whatever they said before. Raises
    PermissionDenied for who is not 培训, DatabaseUnavailable, IndexUnavailable.
    """
    check_trainer(by)
    with reading(engine) as connection:
        tallies = _read_tallies(connection, period)
        failed = _read_failed_searches(connection, period)
        flags = _read_flags(connection, period)
    items = _items_by_place(ItemBank.of(view, by), Staleness(view), tallies)
    steps = (
        _step(place, {item_id: tallies[item_id] for item_id in item_ids}, failed, flags)
        for place, item_ids in items.items()
    )
    enough = (step for step in steps if step.responses >= LEAST_RESPONSES)
    return nsmallest(
        MOST_CONFUSING, enough, key=lambda step: (-step.score, step.procedure_id, step.address)
    )


def _step(
    place: _Place,
    tallies: Mapping[str, _Tally],
    failed: Mapping[str, int],
    flags: Mapping[str, int],
) -> ConfusingStep:
    procedure_id, address = place
    facility = sum(item.points for item in tallies.values()) / sum(
        item.worth for item in tallies.values()
    )
    searches, said = failed.get(procedure_id, 0), flags.get(procedure_id, 0)
    return ConfusingStep(
        procedure_id=procedure_id,
        address=address,
        item_ids=tuple(tallies),
        responses=sum(item.responses for item in tallies.values()),
        facility=facility,
        failed_searches=searches,
        flags=said,
        score=1 - facility + _share(searches, failed) + _share(said, flags),
    )


def _share(count: int, counts: Mapping[str, int]) -> float:
    return count / max(counts.values()) if count else 0.0


def _items_by_place(
    bank: ItemBank, staleness: Staleness, tallies: Mapping[str, _Tally]
) -> dict[_Place, list[str]]:
    """Return the items that were answered by where they are pinned."""
    found: defaultdict[_Place, dict[str, None]] = defaultdict(dict)
    for banked in bank.items:
        if banked.item.id not in tallies:
            continue
        for standing in staleness.of(banked).pins:
            if standing.part is not None:
                address = _address_of(standing.part)
                # A step that decides an item twice counts once.
                found[standing.pin.procedure_id, address][banked.item.id] = None
    return {place: list(item_ids) for place, item_ids in found.items()}


def _address_of(part: Part) -> str:
    """Return the anchor of the step for what stands in one, and the part's own address else."""
    return part.address.partition("/")[0] if isinstance(part, Block) else part.address


def _read_tallies(connection: Connection, period: Span) -> dict[str, _Tally]:
    """Return item id → what it brought in the attempts that were finished in the period."""
    response, finished = exam_responses.c, exam_attempts.c.finished_at
    statement = (
        select(response.item_id, func.count(), func.sum(response.points), func.sum(response.worth))
        .join_from(exam_attempts, exam_responses)
        .where(finished >= period.start, finished < period.end)
        # What still waits to be marked says nothing yet.
        .where(response.points.is_not(None))
        .group_by(response.item_id)
    )
    return {item_id: _Tally(*sums) for item_id, *sums in connection.execute(statement)}


def _read_failed_searches(connection: Connection, period: Span) -> dict[str, int]:
    """Return procedure id → searches without an answer to which it was the nearest."""
    event = search_events.c
    nearest = case((event.opened != "", event.opened), else_=event.first_hit)
    statement = (
        select(nearest, func.count())
        .where(event.at >= period.start, event.at < period.end)
        .where(not_(event.answered), nearest != "")
        .group_by(nearest)
    )
    return dict(connection.execute(statement).all())


def _read_flags(connection: Connection, period: Span) -> dict[str, int]:
    """Return procedure id → how often an answer of it was flagged."""
    said = feedback.c
    statement = (
        select(said.procedure_id, func.count())
        .where(said.at >= period.start, said.at < period.end, said.verdict.in_(_FLAGS))
        .group_by(said.procedure_id)
    )
    return dict(connection.execute(statement).all())
