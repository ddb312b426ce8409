"""Attempts, their responses and marks as rows."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kb.content import ExamItem
from kb.errors import AttemptNotFound
from kb.exams.practice.attempt import ExamAttempt, FeedbackMode, SetKind
from kb.exams.practice.given_answer import GivenAnswer
from kb.exams.practice.item_version import content_hash, keep_versions, read_versions
from kb.exams.practice.marking import MultipleRule
from kb.state.tables import exam_attempts, exam_responses


def new_id() -> str:
    """Return 32 random hexadecimal digits."""
    return secrets.token_hex(16)


def insert_attempt(connection: Connection, attempt: ExamAttempt, items: Sequence[ExamItem]) -> None:
    """Store an attempt that has just begun, and its items as they are now."""
    keep_versions(connection, items)
    connection.execute(insert(exam_attempts), asdict(attempt))
    connection.execute(insert(exam_responses), list(_empty_responses(attempt.id, items)))


def read_attempt(
    connection: Connection, attempt_id: str, *, to_change: bool = False
) -> ExamAttempt:
    """Return an attempt; `to_change` holds it against others. Raises AttemptNotFound."""
    statement = select(exam_attempts).where(exam_attempts.c.id == attempt_id)
    row = connection.execute(statement.with_for_update() if to_change else statement).first()
    if row is None:
        raise AttemptNotFound
    return attempt_of(row)


def attempt_of(row: Row[Any]) -> ExamAttempt:
    """Return the attempt in a row of its table."""
    values = {column.name: row._mapping[column] for column in exam_attempts.c}
    return ExamAttempt(
        **values
        | {
            "set_kind": SetKind(values["set_kind"]),
            "feedback": FeedbackMode(values["feedback"]),
            "multiple_rule": MultipleRule(values["multiple_rule"]),
        }
    )


def read_response(connection: Connection, attempt_id: str, number: int) -> Row[Any]:
    """Return the response to one item of an attempt. Raises AttemptNotFound."""
    table = exam_responses.c
    statement = select(exam_responses).where(table.attempt_id == attempt_id, table.number == number)
    row = connection.execute(statement).first()
    if row is None:
        raise AttemptNotFound
    return row


def asked_item(connection: Connection, response: Row[Any]) -> ExamItem:
    """Return the item as it was asked."""
    return read_versions(connection, [response.content_hash])[response.content_hash]


def write_response(connection: Connection, response: Row[Any], **values: Any) -> None:
    """Set columns of a response."""
    table = exam_responses.c
    connection.execute(
        update(exam_responses)
        .where(table.attempt_id == response.attempt_id, table.number == response.number)
        .values(**values)
    )


def answer_text(answer: GivenAnswer) -> str:
    """Return an answer as its column has it."""
    return json.dumps(answer, ensure_ascii=False)


def answer_of(text: str) -> GivenAnswer | None:
    """Return the answer in a column, or None while there is none."""
    return tuple(json.loads(text)) if text else None


def _empty_responses(attempt_id: str, items: Iterable[ExamItem]) -> Iterable[dict[str, Any]]:
    for number, item in enumerate(items, start=1):
        yield {
            "attempt_id": attempt_id,
            "number": number,
            "item_id": item.id,
            "content_hash": content_hash(item),
            "worth": item.points,
            "answer": "",
            "answered_at": None,
            "points": None,
        }
