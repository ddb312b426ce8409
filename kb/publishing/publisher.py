"""Publishes what was approved, and lets the repository's branch and work tree follow."""

from __future__ import annotations

import logging
import time

from sqlalchemy import Connection, Engine

from kb.changes import (
    ApprovedChange,
    ChangeOrigin,
    approved_change,
    files_digest,
    find_conflicts,
)
from kb.clock import SHANGHAI, Clock, shanghai_now
from kb.content import Fault
from kb.errors import (
    DatabaseUnavailable,
    KbError,
    NotApproved,
    PublishConflict,
    RepositoryBusy,
)
from kb.people import Person, Role
from kb.publishing.adoption import HandChangeAdoption
from kb.publishing.baseline import Baseline, approve_commit, baseline_approvals
from kb.publishing.conclusion import conclude
from kb.publishing.line import PublishedLine, Step
from kb.publishing.publication import Publication, PublicationKind
from kb.publishing.rows import has_baseline, prepared_publications, publication_of
from kb.publishing.schedule import due_changes, note_failure
from kb.repository import CommitNote, ContentRepository
from kb.state import reading, reported_failures

_LOG = logging.getLogger(__name__)
_PATIENCE_SECONDS = 30.0
"""How long a publication waits for one that is under way."""
_RETRY_SECONDS = 60.0
_BASELINE_TITLE = "基线：接管全部内容"


class Publisher:
    """Publishes from one content repository; its methods may be called in any thread.

    All raise RepositoryUnavailable, RepositoryBusy and DatabaseUnavailable.
    """

    def __init__(
        self, repository: ContentRepository, engine: Engine, clock: Clock = shanghai_now
    ) -> None:
        """Publish from `repository` the changes that lie in the database of `engine`."""
        self._repository = repository
        self._engine = engine
        self._clock = clock
        self._line = PublishedLine(repository, engine, conclude)
        self._adoption = HandChangeAdoption(repository, engine)
        self._retry_at: dict[str, float] = {}
        """Change set → when its publication is tried again, on the monotonic clock."""

    def last(self) -> Publication:
        """Return the newest publication: what agents are served."""
        return self._line.last()

    def publish(self, change_set_id: str, by: Person | None) -> Publication:
        """Publish an approved change set, and return its publication, also a second time.

        `by` is None for what was scheduled. Raises NotApproved, PublishConflict, RemoteRefused,
        ChangeSetNotFound.
        """
        return self._publish(change_set_id, by, _PATIENCE_SECONDS)

    def _publish(self, change_set_id: str, by: Person | None, patience: float) -> Publication:
        with self._repository.locked(patience) as lock:
            self._put_in_order()
            with reading(self._engine) as connection:
                if done := publication_of(connection, change_set_id):
                    return done
                approved = self._approved(connection, change_set_id)
            last = self._line.last()
            self._refuse_conflicts(approved, last.commit)

            def check(connection: Connection) -> None:
                if self._approved(connection, change_set_id) != approved:
                    raise NotApproved(["批准之后又有改动"])

            publication = self._line.extend(self._step(approved, last.commit), by, lock, check)
            self._align_if_possible()
        return publication

    def _approved(self, connection: Connection, change_set_id: str) -> ApprovedChange:
        approved = approved_change(connection, change_set_id)
        if not has_baseline(connection):
            raise NotApproved(["现有内容还没有由“审核”和“合规”两个人批准接管"])
        moment = approved.change.publish_at
        if moment and moment > self._clock():
            raise NotApproved([f"定于 {moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 发布"])
        return approved

    def _refuse_conflicts(self, approved: ApprovedChange, published: str) -> None:
        ids = self._repository.ids_at(published)
        paths = {file.path: ids[file.path] for file in approved.change.files if file.path in ids}
        contents = self._repository.contents(paths.values())
        files = {path: contents[id_] for path, id_ in paths.items()}
        conflicts = find_conflicts(approved.change, files)
        if moved := [item.path for item in conflicts if item.theirs != item.ours]:
            raise PublishConflict(moved)

    def _step(self, approved: ApprovedChange, published: str) -> Step:
        change = approved.change
        is_by_hand = change.origin is ChangeOrigin.REPOSITORY
        authors = approved.editors
        if is_by_hand and not authors:
            authors = self._repository.hand_authors(published)
        approvers = tuple(
            f"{item.name}（{item.login}） as {item.as_role}" for item in approved.approvers
        )
        note = CommitNote(change.title, change.id, change.digest, authors, approvers)
        return Step(PublicationKind.CHANGE, note, approved.files, is_by_hand, change.is_must_read)

    def approve_baseline(self, by: Person, as_role: Role) -> Baseline:
        """Note that `by` approves the content of the start as `as_role`; return how far that is.

        It is published as the baseline, the same bytes, once two persons have approved it. A later
        approval of the same person replaces the earlier one. Raises PermissionDenied.
        """
        with self._repository.locked(_PATIENCE_SECONDS) as lock:
            self._put_in_order()
            baseline = self.baseline()
            if not baseline.is_published:
                with reported_failures(), self._engine.begin() as connection:
                    approve_commit(connection, baseline.commit, by, as_role)
                if not self.baseline().missing:
                    self._line.extend(self._baseline_step(), by, lock)
                    self._align_if_possible()
        return self.baseline()

    def _baseline_step(self) -> Step:
        baseline = self.baseline()
        approvers = (f"{item.signed} as {item.as_role}" for item in baseline.approvals)
        digest = files_digest({**self._repository.files_at(baseline.commit)})
        note = CommitNote(_BASELINE_TITLE, "", digest, (), tuple(approvers))
        return Step(PublicationKind.BASELINE, note, {})

    def baseline(self) -> Baseline:
        """Return how far the approval of the baseline has come."""
        start = self._line.start()
        with reading(self._engine) as connection:
            approvals = baseline_approvals(connection, start.commit)
            return Baseline(start.commit, approvals, has_baseline(connection))

    def publish_due(self) -> None:
        """Publish the change sets whose moment has come.

        A failure is noted once, and what failed is tried again after a minute.
        """
        with reading(self._engine) as connection:
            due = due_changes(connection, self._clock())
        for change_set_id in due:
            if time.monotonic() < self._retry_at.get(change_set_id, 0.0):
                continue
            try:
                self._publish(change_set_id, None, patience=0)
            except (RepositoryBusy, DatabaseUnavailable):
                raise
            except KbError as error:
                self._retry_at[change_set_id] = time.monotonic() + _RETRY_SECONDS
                with reported_failures(), self._engine.begin() as connection:
                    note_failure(connection, change_set_id, error)

    def repair(self) -> None:
        """Finish or undo what a process that died had begun, and let the work tree follow."""
        with self._repository.locked(_PATIENCE_SECONDS):
            self._put_in_order()
            self._align_if_possible()

    def adopt_hand_changes(self) -> tuple[Fault, ...]:
        """Take over what people changed in the repository by hand as drafts 未审核变更.

        Returns what is wrong with the repository: files that cannot be taken over, a line that was
        moved. Raises RepositoryBusy at once while something is published.
        """
        with self._repository.locked(0):
            self._put_in_order()
            return self._align()

    def has_unfinished(self) -> bool:
        """Return whether a publication waits to be finished or undone, by `repair` for instance."""
        with reading(self._engine) as connection:
            return bool(prepared_publications(connection))

    def _put_in_order(self) -> None:
        self._line.begin()
        self._line.settle()

    def _align_if_possible(self) -> None:
        """Let work tree and branch follow; what is published does not depend on it."""
        try:
            self._align()
        except (KbError, OSError):
            _LOG.exception("the work tree could not follow; it is tried again")

    def _align(self) -> tuple[Fault, ...]:
        """Let work tree and branch follow; return what is wrong with the repository.

        What people changed by hand is taken over in between: while the branch stands where it was,
        a file that they are just saving is still a change of what was published before.
        """
        published = self._line.last().commit
        self._repository.renew_files(published)
        faults = self._adoption.adopt(published)
        self._repository.follow(published)
        if self._repository.remote.exists:
            self._repository.remote.push_main()
        return (*self._line.faults(), *faults)
