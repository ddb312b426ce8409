"""A newsroom for tests: a content repository, a database, and the people who may publish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from kb.audit import first_break, read_trail
from kb.changes import ChangeDetails, ChangeOrigin, ChangeSet, ChangeSets, ChangeState, Verdict
from kb.notifications import list_notifications
from kb.people import Person, Role
from kb.publishing.publication import Publication
from kb.publishing.publisher import Publisher
from kb.publishing.rows import last_publication, list_publications, prepared_publications
from kb.publishing.source import PublishedSource
from kb.repository import ContentRepository
from kb.settings import Settings
from kb.state import open_database, reading, upgrade_database
from kb.state.tables import change_sets
from tests.kb.changes.floor import a_floor, passed
from tests.kb.repository.repositories import a_repository


class Newsroom:
    """What is published from one repository, by real people with real approvals."""

    def __init__(self, repository: ContentRepository, data: Path) -> None:
        self.repository = repository
        self.settings = Settings(content_dir=repository.folder, data_dir=data)
        self.engine = open_database(self.settings)
        upgrade_database(self.engine)
        self.now = datetime.fromisoformat("2026-06-01T09:30:00+08:00")
        self.floor = a_floor(self.engine)
        self.changes = ChangeSets(self.engine)
        self.publisher = self.new_publisher()
        self.source = PublishedSource(ContentRepository(self.repository.folder), self.engine)
        self.publisher.repair()

    @classmethod
    def of_sample(cls, folder: Path) -> Newsroom:
        """Return the newsroom of a repository that begins with the sample content."""
        return cls(a_repository(folder), folder / "data")

    def new_publisher(self) -> Publisher:
        """Return a publisher as another process has it."""
        repository = ContentRepository(self.repository.folder)
        return Publisher(repository, self.engine, lambda: self.now)

    def take_over(self) -> None:
        """Have the baseline approved."""
        self.publisher.approve_baseline(self.floor.reviewer, Role.REVIEWER)
        self.publisher.approve_baseline(self.floor.compliance, Role.COMPLIANCE)

    def draft(
        self,
        files: Mapping[str, str | None],
        base: Mapping[str, bytes] | None = None,
        details: ChangeDetails | None = None,
    ) -> ChangeSet:
        """Return a draft of the editor that changes `files` of what is published, or of `base`."""
        published = self.source.read_files() if base is None else base
        change = self.changes.create(self.floor.editor, "改号码")
        if details:
            self.changes.describe(change.id, details, self.floor.editor)
        for path, text in files.items():
            old = published[path].decode() if path in published else None
            self.changes.save_file(change.id, path, text, 0, old, self.floor.editor)
        return self.changes.get(change.id)

    def approve(self, change_set_id: str) -> ChangeSet:
        """Have the change set submitted, and approved by 审核 and where needed by 合规."""
        check = passed(self.changes.get(change_set_id))
        change = self.changes.submit(change_set_id, self.floor.editor, check)
        approvers = ((self.floor.reviewer, Role.REVIEWER), (self.floor.compliance, Role.COMPLIANCE))
        for person, role in approvers:
            if self.changes.get(change.id).state is ChangeState.IN_REVIEW:
                approved = Verdict.APPROVED
                self.changes.review(change.id, person, role, approved, change.digest)
        return self.changes.get(change.id)

    def approved(
        self, files: Mapping[str, str | None], details: ChangeDetails | None = None
    ) -> ChangeSet:
        """Return an approved change set that changes `files` of what is published."""
        return self.approve(self.draft(files, details=details).id)

    def publish(self, files: Mapping[str, str | None]) -> Publication:
        """Publish a change of `files`."""
        return self.publisher.publish(self.approved(files).id, self.floor.reviewer)

    def found_by_hand(self, state: ChangeState = ChangeState.DRAFT) -> list[ChangeSet]:
        """Return the change sets that were found in the repository and are in `state`."""
        chosen = select(change_sets.c.id).where(
            change_sets.c.origin == ChangeOrigin.REPOSITORY, change_sets.c.state == state
        )
        with reading(self.engine) as connection:
            ids = list(connection.scalars(chosen.order_by(change_sets.c.created_at)))
        return [self.changes.get(id_) for id_ in ids]

    @property
    def last(self) -> Publication:
        """The newest publication."""
        with reading(self.engine) as connection:
            publication = last_publication(connection)
        assert publication is not None
        return publication

    @property
    def publications(self) -> list[Publication]:
        """All publications, newest first."""
        with reading(self.engine) as connection:
            return list_publications(connection, 1000)

    @property
    def prepared(self) -> list[Publication]:
        """The publications of which it is not known whether they took place."""
        with reading(self.engine) as connection:
            return prepared_publications(connection)

    def served(self, path: str) -> str | None:
        """Return the text of a file that agents are served."""
        content = self.source.read_files().get(path)
        return None if content is None else content.decode()

    def actions(self) -> list[str]:
        """Return what was audited; the trail must be whole."""
        assert first_break(read_trail(self.engine)) is None
        return [entry.action for entry in read_trail(self.engine)]

    def told(self, person: Person) -> list[str]:
        """Return the notifications of somebody, oldest first."""
        with reading(self.engine) as connection:
            return [item.text for item in reversed(list_notifications(connection, person.id))]
