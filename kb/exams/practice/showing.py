"""An attempt as somebody may see it: who, how much of it, and when."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from kb.content import ExamItem
from kb.exams.practice.access import check_may_see, is_examiner
from kb.exams.practice.attempt import (
    AskedItem,
    ExamAttempt,
    FeedbackMode,
    PointMarks,
    ShownAttempt,
    key_of,
    question_of,
)
from kb.exams.practice.item_version import read_versions
from kb.exams.practice.rows import answer_of, read_attempt
from kb.people import Person
from kb.state import reading
from kb.state.tables import accounts, exam_marks, exam_responses

_Marks = dict[int, list[PointMarks]]


def show_attempt(engine: Engine, by: Person, attempt_id: str) -> ShownAttempt:
    """Return an attempt as its account, or 培训, may see it now.

    Points are told after the answer or after the last, as the attempt has it; what is right along
    with them, but not of a sealed paper: the next who sits it would know. Raises AttemptNotFound,
    DatabaseUnavailable.
    """
    with reading(engine) as connection:
        attempt = read_attempt(connection, attempt_id)
        check_may_see(attempt, by)
        table = exam_responses.c
        statement = select(exam_responses).where(table.attempt_id == attempt_id)
        rows = connection.execute(statement.order_by(table.number)).all()
        asked = read_versions(connection, {row.content_hash for row in rows})
        marks = _read_marks(connection, attempt_id)
    sees_all = is_examiner(attempt, by)
    return ShownAttempt(
        attempt,
        tuple(
            _shown(row, asked[row.content_hash], marks[row.number], attempt, sees_all=sees_all)
            for row in rows
        ),
    )


def _shown(
    row: Row[Any],
    item: ExamItem,
    marks: list[PointMarks],
    attempt: ExamAttempt,
    *,
    sees_all: bool,
) -> AskedItem:
    is_answered = bool(row.answer)
    is_at_once = attempt.feedback is FeedbackMode.IMMEDIATE and is_answered
    is_told = sees_all or attempt.is_finished or is_at_once
    return AskedItem(
        number=row.number,
        content_hash=row.content_hash,
        question=question_of(item),
        answer=answer_of(row.answer),
        answered_at=row.answered_at,
        points=row.points if is_told else None,
        key=key_of(item) if sees_all or (is_told and not attempt.is_sealed) else None,
        marks=tuple(marks),
    )


def _read_marks(connection: Connection, attempt_id: str) -> _Marks:
    statement = (
        select(exam_marks, accounts.c.name)
        .join(accounts, accounts.c.id == exam_marks.c.marked_by)
        .where(exam_marks.c.attempt_id == attempt_id)
        .order_by(exam_marks.c.number, exam_marks.c.is_trainers)
    )
    found: _Marks = defaultdict(list)
    for row in connection.execute(statement):
        points = tuple(json.loads(row.points))
        mark = PointMarks(points, row.comment, row.is_trainers, row.name, row.marked_at)
        found[row.number].append(mark)
    return found
