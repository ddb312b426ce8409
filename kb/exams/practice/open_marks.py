"""What people give for open answers: one's own marks, and those of 培训, which count."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select

from kb.audit import record
from kb.clock import Clock, shanghai_now
from kb.content import Rubric
from kb.errors import AttemptMovedOn, PermissionDenied, QueryInvalid
from kb.exams.practice.access import check_may_see, is_examiner
from kb.exams.practice.attempt import ExamAttempt, FeedbackMode
from kb.exams.practice.marking import read_point_marks
from kb.exams.practice.rows import asked_item, read_attempt, read_response, write_response
from kb.people import Person
from kb.privacy import mask_lines
from kb.state import reported_failures
from kb.state.tables import exam_marks

MAX_COMMENT_CHARS = 500


class OpenMarks:
    """The marks of open answers in a database."""

    def __init__(self, engine: Engine, clock: Clock = shanghai_now) -> None:
        """Work on `engine`."""
        self._engine = engine
        self._clock = clock

    def give(
        self, by: Person, attempt_id: str, number: int, given: Sequence[float], comment: str = ""
    ) -> None:
        """Give points for each 采分点 of an open answer: one's own, or as 培训, whose mark counts.

        Marked again by the same side, the mark is replaced. Raises AttemptNotFound,
        PermissionDenied for one's own answers at 考试 items, AttemptMovedOn, QueryInvalid,
        DatabaseUnavailable.
        """
        with reported_failures(), self._engine.begin() as connection:
            attempt = read_attempt(connection, attempt_id, to_change=True)
            check_may_see(attempt, by)
            as_trainer = is_examiner(attempt, by)
            _check_may_mark(attempt, as_trainer=as_trainer)
            response = read_response(connection, attempt_id, number)
            rubric = asked_item(connection, response).solution
            if not isinstance(rubric, Rubric):
                raise QueryInvalid("这一题由程序评分。")
            if not response.answer:
                raise QueryInvalid("这一题没有作答，不用评分。")
            points = read_point_marks(rubric, given)
            mark = {
                "is_trainers": as_trainer,
                "marked_by": by.id,
                "marked_at": self._clock(),
                "points": json.dumps(points),
                "comment": _read_comment(comment),
            }
            if _replace_mark(connection, response, mark):
                write_response(connection, response, points=sum(points))
            details = {
                "item": str(number),
                "points": "、".join(f"{mark:g}" for mark in points),
                "as_role": "培训" if as_trainer else "本人",
            }
            record(connection, by, "attempt.marked", attempt_id, details)


def _check_may_mark(attempt: ExamAttempt, *, as_trainer: bool) -> None:
    if not as_trainer and attempt.is_sealed:
        raise PermissionDenied("考试题由培训评分，不能自评。")
    is_open = not attempt.is_finished
    if is_open and (as_trainer or attempt.feedback is FeedbackMode.FINAL):
        raise AttemptMovedOn("交卷以后才能评分。")


def _replace_mark(connection: Connection, response: Row[Any], mark: Mapping[str, Any]) -> bool:
    """Store a mark, and return whether it counts: one's own does while there is no trainer's."""
    table = exam_marks.c
    key = {"attempt_id": response.attempt_id, "number": response.number}
    of_response = (table.attempt_id == response.attempt_id, table.number == response.number)
    side = table.is_trainers == mark["is_trainers"]
    connection.execute(delete(exam_marks).where(*of_response, side))
    connection.execute(insert(exam_marks), key | dict(mark))
    of_trainer = select(table.number).where(*of_response, table.is_trainers)
    return mark["is_trainers"] or connection.execute(of_trainer).first() is None


def _read_comment(text: str) -> str:
    comment = mask_lines(text).text
    if len(comment) > MAX_COMMENT_CHARS:
        raise QueryInvalid(f"评语最多{MAX_COMMENT_CHARS}字。")
    return comment
