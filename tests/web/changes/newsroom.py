"""A site over a content repository: people, change sets, and their browsers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from httpx2 import Response
from starlette.testclient import TestClient

from kb.changes import ChangeDetails, ChangeSet, ChangeSets, ChangeState, Verdict
from kb.indexing import IndexBuilder
from kb.people import Person, Role
from kb.publishing.history import PublicationHistory
from kb.publishing.publisher import Publisher
from kb.publishing.source import PublishedSource
from kb.repository import ContentRepository
from tests.kb.changes.floor import passed
from tests.kb.repository.repositories import a_repository
from tests.web.access.people import add_person, browser_of, open_state
from tests.web.site import Site

_NEVER_SCRUB = 1e9


class NewsSite:
    """A site whose content is published from a repository."""

    def __init__(self, folder: Path) -> None:
        self.repository = a_repository(folder)
        self.site = Site(folder, self.repository.folder)
        self.site.lay_dictionary()
        self.engine = open_state(self.site)
        self.changes = ChangeSets(self.engine)
        self.history = PublicationHistory(self.engine)
        self.publisher = Publisher(
            ContentRepository(self.repository.folder), self.engine, self.site.now
        )
        self.source = PublishedSource(self.repository, self.engine)
        self.publisher.repair()
        self._builder = IndexBuilder(self.source, self.site.settings.index_dir, _NEVER_SCRUB)
        self.build()
        self.editor = add_person(self.site, "linx", Role.EDITOR)
        self.reviewer = add_person(self.site, "zhoun", Role.REVIEWER)
        self.compliance = add_person(self.site, "hegui", Role.COMPLIANCE)
        self.chief = add_person(self.site, "chief", Role.EDITOR, Role.REVIEWER, Role.COMPLIANCE)
        self.agent = add_person(self.site, "zuoxi", Role.AGENT, team="一组")

    def build(self) -> None:
        """Bring the index up to date with what is published."""
        self._builder.refresh()

    def take_over(self) -> None:
        """Have the baseline approved."""
        self.publisher.approve_baseline(self.reviewer, Role.REVIEWER)
        self.publisher.approve_baseline(self.compliance, Role.COMPLIANCE)

    def draft(
        self,
        files: Mapping[str, str | None],
        details: ChangeDetails | None = None,
        by: Person | None = None,
    ) -> ChangeSet:
        """Return a draft that changes `files` of what is published."""
        by = by or self.editor
        published = self.source.read_files()
        change = self.changes.create(by, "改号码")
        if details:
            self.changes.describe(change.id, details, by)
        for path, text in files.items():
            old = published[path].decode() if path in published else None
            self.changes.save_file(change.id, path, text, 0, old, by)
        return self.changes.get(change.id)

    def submitted(
        self,
        files: Mapping[str, str | None],
        details: ChangeDetails | None = None,
        by: Person | None = None,
    ) -> ChangeSet:
        """Return a change set in review."""
        change = self.draft(files, details, by)
        return self.changes.submit(change.id, by or self.editor, passed(change))

    def published(
        self, files: Mapping[str, str | None], details: ChangeDetails | None = None
    ) -> ChangeSet:
        """Return a change set that was approved and published."""
        change = self.submitted(files, details)
        for person, role in ((self.reviewer, Role.REVIEWER), (self.compliance, Role.COMPLIANCE)):
            if self.changes.get(change.id).state is ChangeState.IN_REVIEW:
                self.changes.review(change.id, person, role, Verdict.APPROVED, change.digest)
        self.publisher.publish(change.id, self.reviewer)
        return self.changes.get(change.id)

    @contextmanager
    def browser(self, person: Person) -> Iterator[TestClient]:
        """Give a client that is signed in as `person`."""
        with browser_of(self.site, person) as client:
            yield client

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def decide(
    client: TestClient,
    change: ChangeSet,
    role: Role,
    verdict: Verdict = Verdict.APPROVED,
    **more: str,
) -> Response:
    """Send the form of the decision."""
    form = {"role": role, "verdict": verdict, "digest": change.digest, "text": "", **more}
    return client.post(f"{change.href}/review", data=form, follow_redirects=False)
