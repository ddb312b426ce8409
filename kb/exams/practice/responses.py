"""Finished attempts as the input of item analysis: who got how much for what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, groupby
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, select

from kb.content import Choices, ExamItem
from kb.exams.item_analysis import AnalysedItem, Attempt, Response
from kb.exams.practice.access import check_trainer
from kb.exams.practice.item_version import read_versions
from kb.exams.practice.rows import answer_of
from kb.people import Person
from kb.state import reading
from kb.state.tables import exam_attempts, exam_responses

_HASH_DIGITS = 12

_NameColumn = Callable[[Row[Any]], str]
"""Returns the id of the column in which a response stands."""


class Span(Protocol):
    """A span of time: `kb.figures.Period`, which this layer does not know."""

    @property
    def start(self) -> datetime:
        """The instant at which it begins."""

    @property
    def end(self) -> datetime:
        """The instant at which it is over."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One attempt."""

    attempt: Attempt
    """Its person is the account's id; an item that was not answered has no response."""
    asked: frozenset[str]
    """Of the items that it had, the ids in `ResponseMatrix.items`."""


@dataclass(frozen=True, slots=True)
class ResponseMatrix:
    """Attempts × items, for `kb.exams.item_analysis.analyse`."""

    items: tuple[AnalysedItem, ...]
    rows: tuple[MatrixRow, ...]
    """In the order in which the attempts were finished."""
    unmarked: int
    """Attempts that are left out because an answer waits for somebody to mark it."""

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The rows as the analysis takes them."""
        return tuple(row.attempt for row in self.rows)

    def of_item(self, item_id: str) -> ResponseMatrix:
        """Return the column of one item with the attempts that had it.

        Where attempts had different items, the others would count as not answered.
        """
        items = tuple(item for item in self.items if item.id == item_id)
        rows = tuple(row for row in self.rows if item_id in row.asked)
        return replace(self, items=items, rows=rows)


def paper_matrix(engine: Engine, by: Person, paper_id: str) -> ResponseMatrix:
    """Return what was answered to a stored paper; items have their own ids and the paper's order.

    Raises PermissionDenied for who is not 培训, DatabaseUnavailable.
    """
    return _matrix(engine, by, exam_attempts.c.paper_id == paper_id, lambda row: row.item_id)


def period_matrix(engine: Engine, by: Person, period: Span) -> ResponseMatrix:
    """Return what was answered in all attempts that were finished in a period.

    An item that was edited meanwhile, or whose options stood in another order, has a column for
    each: ids are `item@` and digits of the content hash. Raises as `paper_matrix`.
    """
    finished = exam_attempts.c.finished_at
    within = and_(finished >= period.start, finished < period.end)
    return _matrix(
        engine, by, within, lambda row: f"{row.item_id}@{row.content_hash[:_HASH_DIGITS]}"
    )


def _matrix(
    engine: Engine, by: Person, condition: ColumnElement[bool], column_of: _NameColumn
) -> ResponseMatrix:
    check_trainer(by)
    with reading(engine) as connection:
        rows = _read_rows(connection, condition)
        versions = read_versions(connection, {row.content_hash for row in rows})
    by_attempt = [tuple(group) for _, group in groupby(rows, key=lambda row: row.attempt_id)]
    marked = [group for group in by_attempt if all(row.points is not None for row in group)]
    in_order = sorted(chain.from_iterable(marked), key=lambda row: row.number)
    columns = {column_of(row): versions[row.content_hash] for row in in_order}
    return ResponseMatrix(
        items=tuple(_analysed(name, item) for name, item in columns.items()),
        rows=tuple(_matrix_row(group, versions, column_of) for group in marked),
        unmarked=len(by_attempt) - len(marked),
    )


def _read_rows(connection: Connection, condition: ColumnElement[bool]) -> list[Row[Any]]:
    attempt = exam_attempts.c
    statement = (
        select(exam_responses, attempt.account_id)
        .join_from(exam_attempts, exam_responses)
        .where(attempt.finished_at.is_not(None), condition)
        .order_by(attempt.finished_at, attempt.id, exam_responses.c.number)
    )
    return list(connection.execute(statement))


def _matrix_row(
    group: tuple[Row[Any], ...], versions: Mapping[str, ExamItem], column_of: _NameColumn
) -> MatrixRow:
    responses = {
        column_of(row): Response(_answer(row, versions[row.content_hash]), row.points)
        for row in group
        if row.answer
    }
    return MatrixRow(Attempt(group[0].account_id, responses), frozenset(map(column_of, group)))


def _answer(row: Row[Any], item: ExamItem) -> str:
    """Return the letters that were chosen, or the texts of another answer."""
    texts = answer_of(row.answer) or ()
    return ("" if isinstance(item.solution, Choices) else "|").join(texts)


def _analysed(name: str, item: ExamItem) -> AnalysedItem:
    right = item.solution.letters if isinstance(item.solution, Choices) else ()
    return AnalysedItem(name, item.points, tuple(option.letter for option in item.options), right)
