"""Who may see and do what with attempts: one's own, and 培训."""

from __future__ import annotations

from kb.errors import AttemptNotFound, PermissionDenied
from kb.exams.practice.attempt import ExamAttempt
from kb.people import Permission, Person


def check_trainer(person: Person) -> None:
    """Raise PermissionDenied for who is not 培训."""
    if not person.may(Permission.TRAIN):
        raise PermissionDenied


def check_may_see(attempt: ExamAttempt, person: Person) -> None:
    """Raise AttemptNotFound unless it is somebody's own, or they are 培训."""
    if person.id != attempt.account_id and not person.may(Permission.TRAIN):
        raise AttemptNotFound


def check_own(attempt: ExamAttempt, person: Person) -> None:
    """Refuse an attempt that is not somebody's own. Raises AttemptNotFound, PermissionDenied."""
    check_may_see(attempt, person)
    if person.id != attempt.account_id:
        raise PermissionDenied("这是别人的作答，不能代答。")


def is_examiner(attempt: ExamAttempt, person: Person) -> bool:
    """Return whether somebody sees and marks an attempt as 培训: nobody does so with their own."""
    return person.id != attempt.account_id and person.may(Permission.TRAIN)
