"""The change sets of a database, as pages and commands use them: a transaction a call."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine

from kb.changes import comments, drafts, files, workflow
from kb.changes.approval import ApprovalState, approval_state, reasons_against
from kb.changes.approval_times import ApprovalTime, approval_times
from kb.changes.change_set import ChangeDetails, ChangeOrigin, ChangeSet, ChangeState
from kb.changes.check import CheckedChange
from kb.changes.comments import Comment, comments_of
from kb.changes.files import SavedFile
from kb.changes.impact import Impact
from kb.changes.reviews import Review, Verdict, reviews_of
from kb.changes.rows import editors_of, find_change, list_changes, stored_impact
from kb.people import Person, Role
from kb.state import reading, reported_failures

_LISTED = 100


class ChangeSets:
    """Change sets in the database of `engine`.

    Every method raises DatabaseUnavailable, and ChangeSetNotFound for an unknown id. What a method
    delegates to a function of `drafts`, `files`, `workflow` or `comments` does stands there.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(
        self,
        by: Person | None,
        title: str,
        origin: ChangeOrigin = ChangeOrigin.EDITOR,
        reason: str = "",
    ) -> ChangeSet:
        """Return a new, empty draft. Raises ChangeInvalid."""
        with self._transaction() as connection:
            return drafts.create(connection, by, ChangeDetails(title, reason), origin)

    def get(self, change_set_id: str) -> ChangeSet:
        """Return the change set."""
        with reading(self._engine) as connection:
            return find_change(connection, change_set_id)

    def listed(
        self, states: Collection[ChangeState] = tuple(ChangeState), by: Person | None = None
    ) -> list[ChangeSet]:
        """Return up to 100 change sets in one of `states`, changed last first.

        With `by` only those that this person edited.
        """
        with reading(self._engine) as connection:
            return list_changes(connection, states, by.id if by else None, _LISTED)

    def describe(self, change_set_id: str, details: ChangeDetails, by: Person) -> ChangeSet:
        """See `drafts.describe`."""
        with self._transaction() as connection:
            return drafts.describe(connection, change_set_id, details, by)

    def save_file(
        self,
        change_set_id: str,
        path: str,
        content: str | None,
        expected_number: int,
        base: str | None,
        by: Person | None,
    ) -> SavedFile:
        """See `files.save_file`."""
        with self._transaction() as connection:
            return files.save_file(
                connection, change_set_id, path, content, expected_number, base, by
            )

    def rebase_file(
        self,
        change_set_id: str,
        path: str,
        content: str | None,
        expected_number: int,
        base: str | None,
        by: Person,
    ) -> SavedFile:
        """See `files.rebase_file`."""
        with self._transaction() as connection:
            return files.rebase_file(
                connection, change_set_id, path, content, expected_number, base, by
            )

    def rename_file(
        self, change_set_id: str, path: str, new_path: str, expected_number: int, by: Person
    ) -> SavedFile:
        """See `files.rename_file`."""
        with self._transaction() as connection:
            return files.rename_file(connection, change_set_id, path, new_path, expected_number, by)

    def remove_file(self, change_set_id: str, path: str, expected_number: int, by: Person) -> None:
        """See `files.remove_file`."""
        with self._transaction() as connection:
            files.remove_file(connection, change_set_id, path, expected_number, by)

    def withdraw(self, change_set_id: str, by: Person) -> ChangeSet:
        """See `drafts.withdraw`."""
        with self._transaction() as connection:
            return drafts.withdraw(connection, change_set_id, by)

    def reopen(self, change_set_id: str, by: Person) -> ChangeSet:
        """See `drafts.reopen`."""
        with self._transaction() as connection:
            return drafts.reopen(connection, change_set_id, by)

    def submit(self, change_set_id: str, by: Person, check: CheckedChange) -> ChangeSet:
        """See `workflow.submit`."""
        with self._transaction() as connection:
            return workflow.submit(connection, change_set_id, by, check)

    def review(
        self,
        change_set_id: str,
        by: Person,
        as_role: Role,
        verdict: Verdict,
        digest: str,
        text: str = "",
    ) -> ChangeSet:
        """See `workflow.review`."""
        with self._transaction() as connection:
            return workflow.review(connection, change_set_id, by, as_role, verdict, digest, text)

    def take_back_approval(self, change_set_id: str, by: Person) -> ChangeSet:
        """See `workflow.take_back_approval`."""
        with self._transaction() as connection:
            return workflow.take_back_approval(connection, change_set_id, by)

    def comment(self, change_set_id: str, path: str, line: int, text: str, by: Person) -> None:
        """See `comments.add_comment`."""
        with self._transaction() as connection:
            comments.add_comment(connection, change_set_id, path, line, text, by)

    def resolve_comment(self, change_set_id: str, comment_id: str, by: Person) -> None:
        """See `comments.resolve_comment`."""
        with self._transaction() as connection:
            comments.resolve_comment(connection, change_set_id, comment_id, by)

    def comments(self, change_set_id: str) -> list[Comment]:
        """Return the comments by path, line and time."""
        with reading(self._engine) as connection:
            return comments_of(connection, change_set_id)

    def reviews(self, change_set_id: str) -> list[Review]:
        """Return all verdicts, oldest first, void ones included."""
        with reading(self._engine) as connection:
            return reviews_of(connection, change_set_id)

    def editors(self, change_set_id: str) -> dict[str, str]:
        """Return account id → `林晓（linx）` of everyone who changed a byte."""
        with reading(self._engine) as connection:
            return editors_of(connection, change_set_id)

    def impact(self, change_set_id: str) -> Impact | None:
        """Return the impact as it was shown at submission, None before."""
        with reading(self._engine) as connection:
            return stored_impact(connection, change_set_id)

    def approval(self, change: ChangeSet) -> ApprovalState:
        """Return who approved `change` as it is, and what is missing."""
        with reading(self._engine) as connection:
            return approval_state(connection, change)

    def reasons_against(self, change: ChangeSet, person: Person, as_role: Role) -> list[str]:
        """Return why `person` may not approve `change` as `as_role`; empty: may."""
        with reading(self._engine) as connection:
            return reasons_against(connection, change, person, as_role)

    def approval_times(self, since: datetime, until: datetime) -> list[ApprovalTime]:
        """Return how long what was submitted from `since` to before `until` waited."""
        with reading(self._engine) as connection:
            return approval_times(connection, since, until)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with reported_failures(), self._engine.begin() as connection:
            yield connection
