"""Erases what one account answered."""

from __future__ import annotations

from sqlalchemy import Engine, delete, func, select

from kb.audit import record
from kb.errors import PermissionDenied
from kb.people import Permission, Person
from kb.state import reported_failures
from kb.state.tables import exam_assignments, exam_attempts, exam_marks, exam_responses


def erase_attempts(engine: Engine, by: Person, account_id: str) -> int:
    """Delete the attempts and assignments of an account; return how many attempts there were.

    The marks that it gave others stay: they belong to those. The audit keeps who marked which
    attempt, never an answer. Only who manages accounts may do so, and nobody for their own: failed
    papers would vanish. Raises PermissionDenied, DatabaseUnavailable.
    """
    if not by.may(Permission.ADMINISTER) or by.id == account_id:
        raise PermissionDenied("删除作答记录要由另一位管理员来做。")
    own = exam_attempts.c.account_id == account_id
    ids = select(exam_attempts.c.id).where(own)
    with reported_failures(), engine.begin() as connection:
        count = connection.scalar(select(func.count()).select_from(exam_attempts).where(own)) or 0
        connection.execute(delete(exam_marks).where(exam_marks.c.attempt_id.in_(ids)))
        connection.execute(delete(exam_responses).where(exam_responses.c.attempt_id.in_(ids)))
        connection.execute(delete(exam_attempts).where(own))
        of_account = exam_assignments.c.account_id == account_id
        connection.execute(delete(exam_assignments).where(of_account))
        record(connection, by, "attempts.erased", account_id, {"attempts": str(count)})
    return count
