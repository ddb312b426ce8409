"""The line of publications: recorded in the database, committed in the repository.

What is served changes at one instant, when `refs/kb/published` moves (the commit point). Before it
the publication is recorded as prepared, after it as published. A process may die at any step: the
next one that holds the lock finds the record, looks whether the line has moved, and finishes the
publication or forgets it. Only then do branch and work tree follow.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from kb.audit import record
from kb.changes import files_digest
from kb.content import Fault
from kb.errors import KbError, RepositoryUnavailable
from kb.people import Person
from kb.publishing.publication import Publication, PublicationKind, PublicationState
from kb.publishing.rows import (
    finish_publication,
    first_publication,
    forget_publication,
    is_recorded,
    last_publication,
    prepared_publications,
    record_publication,
)
from kb.repository import PUBLISHED, CommitNote, ContentRepository, NewCommit
from kb.state import reading, reported_failures

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be published next."""

    kind: PublicationKind
    note: CommitNote
    files: Mapping[str, bytes | None]
    """Path → new bytes; None: deleted."""
    takes_over: bool = False
    """Whether the files came from what was changed by hand."""
    is_must_read: bool = False


Finish = Callable[[Connection, Publication, Person | None], None]
"""Told of a publication that took place, in the transaction that records it; the person is who
published it, None when that is not known any more."""


class PublishedLine:
    """The publications of one repository. Methods that write are called under its lock."""

    def __init__(self, repository: ContentRepository, engine: Engine, finish: Finish) -> None:
        """Record what is published from `repository` in the database of `engine`."""
        self._repository = repository
        self._engine = engine
        self._finish = finish

    def last(self) -> Publication:
        """Return the newest publication. Raises RepositoryUnavailable before the first."""
        with reading(self._engine) as connection:
            return _there(last_publication(connection))

    def start(self) -> Publication:
        """Return the first publication. Raises RepositoryUnavailable before it."""
        with reading(self._engine) as connection:
            return _there(first_publication(connection))

    def faults(self) -> tuple[Fault, ...]:
        """Return that the line does not end where the last publication left it, if so."""
        expected = self.last().commit
        if self._repository.is_at(expected):
            return ()
        message = f"发布线被人手工移动过；坐席看到的仍是最后一次登记的发布 {expected[:12]}。"
        fix = f"下一次发布会把它移回；也可以运行 git update-ref {PUBLISHED} {expected}。"
        return (Fault(PUBLISHED, 1, 1, "published-moved", "error", message, fix),)

    def begin(self) -> None:
        """Record what is published already as the start, unless something is recorded.

        Raises RepositoryUnavailable and DatabaseUnavailable, as all that follows.
        """
        with reading(self._engine) as connection:
            if last_publication(connection):
                return
        commit = self._repository.published()
        files: dict[str, bytes | None] = {**self._repository.files_at(commit)}
        start = Publication(
            number=1,
            kind=PublicationKind.START,
            state=PublicationState.PUBLISHED,
            change_set_id=None,
            commit=commit,
            parent="",
            digest=files_digest(files),
            title=self._repository.commits_of(commit)[0].title,
            is_must_read=False,
            at=datetime.now(UTC),
        )
        with self._transaction() as connection:
            record_publication(connection, start, files)
            record(connection, None, "repository.started", commit)

    def extend(
        self,
        step: Step,
        by: Person | None,
        lock: int,
        check: Callable[[Connection], None] = lambda _: None,
    ) -> Publication:
        """Publish `step` and return its publication.

        `check` is asked in the transaction that records it. Raises what `check` raises, and
        RemoteRefused; nothing is published then. When the database fails after the commit point,
        `settle` finishes the publication.
        """
        last = self.last()
        commit = self._repository.commit(
            NewCommit(last.commit, step.files, step.note, step.takes_over)
        )
        publication = Publication(
            number=last.number + 1,
            kind=step.kind,
            state=PublicationState.PREPARED,
            change_set_id=step.note.change_set_id or None,
            commit=commit,
            parent=last.commit,
            digest=step.note.digest,
            title=step.note.title,
            is_must_read=step.is_must_read,
            at=datetime.now(UTC),
        )
        with self._transaction() as connection:
            check(connection)
            record_publication(connection, publication, step.files)
        try:
            if self._repository.remote.exists:
                self._repository.remote.push(commit, self._is_recorded)
            self._repository.move_published(commit, lock)
        except KbError:
            # The command may have done its work before it failed.
            if not self._settle(publication, by):
                raise
        else:
            self._conclude(publication, by)
        return replace(publication, state=PublicationState.PUBLISHED)

    def settle(self) -> None:
        """Finish or forget every publication that a process which died had prepared."""
        with reading(self._engine) as connection:
            prepared = prepared_publications(connection)
        for publication in prepared:
            took_place = self._settle(publication, None)
            _LOG.warning(
                "publication %d was %s", publication.number, "finished" if took_place else "undone"
            )

    def _settle(self, publication: Publication, by: Person | None) -> bool:
        took_place = self._repository.is_published(publication.commit)
        if took_place:
            self._conclude(publication, by)
        else:
            with self._transaction() as connection:
                forget_publication(connection, publication.number)
        return took_place

    def _conclude(self, publication: Publication, by: Person | None) -> None:
        with self._transaction() as connection:
            finish_publication(connection, publication.number)
            self._finish(connection, publication, by)

    def _is_recorded(self, commit: str) -> bool:
        with reading(self._engine) as connection:
            return is_recorded(connection, commit)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with reported_failures(), self._engine.begin() as connection:
            yield connection


def _there(publication: Publication | None) -> Publication:
    if publication is None:
        raise RepositoryUnavailable("内容仓库还没有登记，请稍候几秒再试。")
    return publication
