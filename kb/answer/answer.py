"""Builds the Answer: which rows apply to this call, which wait for an answer, which fold away.

The rules: a row whose condition is still open is shown with it; a row that does not apply is
folded and counted, never dropped; a step that needs verification hides what it would disclose
until the caller is verified, but never its 禁说. What is suspended is not in the answer at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from kb.answer.call_context import CallContext
from kb.answer.suspension import (
    NOTHING_SUSPENDED,
    WHOLE,
    Suspended,
    SuspendedParts,
    without_suspended,
)
from kb.content import (
    NATIONWIDE,
    NO_LAST_DAY,
    REGION,
    Block,
    ComplianceNote,
    Condition,
    Deadline,
    Escalation,
    FollowUp,
    LastDay,
    Material,
    Part,
    Procedure,
    ReferenceData,
    Step,
    Verdict,
    last_day,
)

P = TypeVar("P", bound=Part)
_SCOPE_NAMES = (("products", "产品"), ("channels", "渠道"), ("regions", "地区"))


class RowState(StrEnum):
    """How a row is shown."""

    SHOWN = "shown"
    OPEN = "open"
    """Shown with its condition: the question has not been answered."""
    FOLDED = "folded"
    """Does not apply to this call."""
    VERIFY_FIRST = "verify_first"
    """Applies, but must wait for 核身."""
    SUSPENDED = "suspended"
    """暂停使用: a step that says why, and nothing else but what must not be said."""


_STATES = {
    Verdict.APPLIES: RowState.SHOWN,
    Verdict.OPEN: RowState.OPEN,
    Verdict.EXCLUDED: RowState.FOLDED,
}


@dataclass(frozen=True, slots=True)
class Row(Generic[P]):
    """A part of the procedure as it stands for this call."""

    part: P
    state: RowState
    is_open: bool = False
    """Whether its condition still waits for an answer."""

    @property
    def is_folded(self) -> bool:
        """Whether the row is folded away."""
        return self.state is RowState.FOLDED


@dataclass(frozen=True, slots=True)
class AnswerStep:
    """A step with its blocks."""

    part: Step
    state: RowState
    blocks: tuple[Row[Block], ...]
    is_open: bool = False
    """Whether its condition still waits for an answer."""

    @property
    def is_folded(self) -> bool:
        """Whether the step is folded away."""
        return self.state is RowState.FOLDED


@dataclass(frozen=True, slots=True)
class AnswerDeadline:
    """A deadline with the last day of each of its terms."""

    part: Deadline
    state: RowState
    ends: tuple[LastDay, ...]
    """One a term, counted from the day of the event."""
    is_open: bool = False
    """Whether its condition still waits for an answer."""

    @property
    def is_folded(self) -> bool:
        """Whether the deadline is folded away."""
        return self.state is RowState.FOLDED


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """A question to ask, and the answer if it was given."""

    key: str
    values: tuple[str, ...]
    chosen: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the agent reads."""

    procedure: Procedure
    day: date
    """The day whose version is shown."""
    event_on: date
    """The day from which deadlines are counted."""
    questions: tuple[AnswerQuestion, ...]
    steps: tuple[AnswerStep, ...]
    materials: tuple[Row[Material], ...]
    notes: tuple[Row[ComplianceNote], ...]
    deadlines: tuple[AnswerDeadline, ...]
    follow_ups: tuple[Row[FollowUp], ...]
    routes: tuple[Row[Escalation], ...]
    notices: tuple[str, ...]
    """What the agent must know about the page itself: scope, region, overdue review."""
    suspensions: SuspendedParts = field(default_factory=lambda: NOTHING_SUSPENDED)
    """What of the procedure is 暂停使用."""

    @property
    def suspended(self) -> Suspended | None:
        """Why the whole procedure is 暂停使用; None while it is in use."""
        return self.suspensions.get(WHOLE)

    @property
    def fingerprint(self) -> str:
        """Differs when there may be something else to read: another revision, a suspension."""
        return fingerprint(self.procedure.revision, self.suspensions)

    @property
    def folded_count(self) -> int:
        """How many rows are folded away, blocks included."""
        return sum(row.is_folded for row in self.rows())

    def rows(self) -> Iterator[AnswerStep | AnswerDeadline | Row[Part]]:
        """Yield every row in reading order, blocks after their step."""
        for step in self.steps:
            yield step
            yield from step.blocks  # type: ignore[misc]
        for rows in (self.materials, self.notes, self.deadlines, self.follow_ups, self.routes):
            yield from rows  # type: ignore[misc]


def fingerprint(revision: str, suspended: SuspendedParts) -> str:
    """Return the fingerprint of the answers of a revision; see `Answer.fingerprint`."""
    return "-".join((revision[:12], *(address or "all" for address in sorted(suspended))))


def make_answer(
    procedure: Procedure,
    day: date,
    context: CallContext,
    reference: ReferenceData,
    suspended: SuspendedParts = NOTHING_SUSPENDED,
) -> Answer:
    """Return what `procedure` says on `day` for the call described by `context`.

    What is `suspended` it does not say.
    """
    procedure = without_suspended(procedure, suspended)
    judge = _judge(_relevant(procedure, context), reference)
    event_on = context.event_on or day
    return Answer(
        procedure=procedure,
        day=day,
        event_on=event_on,
        questions=tuple(
            AnswerQuestion(item.key, item.values, _chosen(item.key, item.values, context))
            for item in procedure.asks
        ),
        steps=tuple(_step(step, context, judge, suspended) for step in procedure.steps),
        materials=_rows(procedure.materials, judge),
        notes=_rows(procedure.notes, judge),
        deadlines=tuple(_deadlines(procedure.deadlines, judge, event_on, reference)),
        follow_ups=_rows(procedure.follow_ups, judge),
        routes=_rows(procedure.routes, judge),
        notices=tuple(_notices(procedure, day, context, reference)),
        suspensions=suspended,
    )


Judge = Callable[[Condition], RowState]


def _relevant(procedure: Procedure, context: CallContext) -> dict[str, str]:
    """Return the answers given, without those that this procedure's questions do not offer."""
    offered = {question.key: question.values for question in procedure.asks}
    return {
        key: value for key, value in context.given.items() if value in offered.get(key, (value,))
    }


def _judge(given: dict[str, str], reference: ReferenceData) -> Judge:
    covers = reference.vocabulary.covers

    def judge(condition: Condition) -> RowState:
        return _STATES[condition.judge(given, covers)]

    return judge


def _chosen(key: str, values: tuple[str, ...], context: CallContext) -> str | None:
    answer = context.given.get(key)
    return answer if answer in values else None


def _rows(parts: Iterable[P], judge: Judge) -> tuple[Row[P], ...]:
    states = ((part, judge(part.condition)) for part in parts)
    return tuple(Row(part, state, state is RowState.OPEN) for part, state in states)


def _step(step: Step, context: CallContext, judge: Judge, suspended: SuspendedParts) -> AnswerStep:
    state = judge(step.condition)
    is_open = state is RowState.OPEN
    waits = step.needs_verification and not context.is_verified
    if state is not RowState.FOLDED and suspended.keys() & {WHOLE, step.address}:
        state = RowState.SUSPENDED
    elif waits and state is not RowState.FOLDED:
        state = RowState.VERIFY_FIRST
    if state is RowState.FOLDED:
        blocks = tuple(Row(block, RowState.FOLDED) for block in step.blocks)
    else:
        blocks = tuple(_block(block, waits, judge) for block in step.blocks)
    return AnswerStep(step, state, blocks, is_open)


def _block(block: Block, waits: bool, judge: Judge) -> Row[Block]:
    state = judge(block.condition)
    is_open = state is RowState.OPEN
    if waits and block.kind != "禁说" and state is not RowState.FOLDED:
        state = RowState.VERIFY_FIRST
    return Row(block, state, is_open)


def _deadlines(
    deadlines: Iterable[Deadline], judge: Judge, event_on: date, reference: ReferenceData
) -> Iterator[AnswerDeadline]:
    """Yield the deadlines; a term that runs on from the one before begins on its last day."""
    before: date | None = None
    for deadline in deadlines:
        ends = []
        for term in deadline.terms:
            starts_on = before if term.follows else event_on
            end = NO_LAST_DAY
            if starts_on is not None:
                end = last_day(term, starts_on, deadline.rolls_over, reference.calendar)
            ends.append(end)
        state = judge(deadline.condition)
        yield AnswerDeadline(deadline, state, tuple(ends), state is RowState.OPEN)
        before = ends[0].day if ends else None


def _notices(
    procedure: Procedure, day: date, context: CallContext, reference: ReferenceData
) -> Iterator[str]:
    covers = reference.vocabulary.covers
    for name, key in _SCOPE_NAMES:
        allowed = getattr(procedure.scope, name)
        value = context.given.get(key)
        if (
            value
            and allowed
            and not any(covers(key, item, value) or covers(key, value, item) for item in allowed)
        ):
            yield f"本规程适用于{'、'.join(allowed)}，不适用于{value}。"
    if context.region and not _has_region_rule(procedure, context.region, reference):
        yield f"{context.region}：本省无特殊规定。"
    if procedure.review_by < day:
        yield f"复审日 {procedure.review_by} 已过，请以公司最新公示为准。"


def _has_region_rule(procedure: Procedure, region: str, reference: ReferenceData) -> bool:
    """Return whether a row, or the whole procedure, is made for the region or a part above it."""
    covers = reference.vocabulary.covers
    conditions = (clause for part in procedure.parts() for clause in part.condition.clauses)
    named = [value for clause in conditions if clause.key == REGION for value in clause.values]
    named += [value for value in procedure.scope.regions if value != NATIONWIDE]
    return any(covers(REGION, value, region) for value in named)
