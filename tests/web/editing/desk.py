"""An editors' desk for tests: a content repository, its site, and people who write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from httpx2 import Response
from starlette.testclient import TestClient

from kb.changes import ChangedFile, ChangeSet, ChangeSets, ChangeState, Verdict
from kb.people import Person, Role
from kb.publishing.publisher import Publisher
from kb.publishing.rows import last_publication
from kb.state import reading
from tests.content_samples import SAMPLE, SAMPLE_PATH
from tests.kb.changes.floor import passed
from tests.kb.repository.repositories import a_repository
from tests.web.access.people import add_person, open_state, sign_in
from tests.web.site import Site

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class EditingDesk:
    """One site, two editors, and those who approve what they write."""

    def __init__(self, folder: Path) -> None:
        self.repository = a_repository(folder)
        self.site = Site(folder, self.repository.folder)
        self.site.lay_dictionary()
        self.site.build()
        self.engine = open_state(self.site)
        self.changes = ChangeSets(self.engine)
        self.publisher = Publisher(self.repository, self.engine, self.site.now)
        self.publisher.repair()
        self.editor = add_person(self.site, "editor", Role.EDITOR)
        self.second = add_person(self.site, "second", Role.EDITOR)
        self.reviewer = add_person(self.site, "reviewer", Role.REVIEWER)
        self.compliance = add_person(self.site, "compliance", Role.COMPLIANCE)

    @contextmanager
    def client(self, person: Person) -> Iterator[TestClient]:
        """Give a client of somebody who is signed in; it follows no redirects by itself."""
        with self.site.client() as client:
            client.headers.update(sign_in(self.site, client, person))
            client.follow_redirects = False
            yield client

    def draft(self, by: Person | None = None, text: str | None = None) -> ChangeSet:
        """Return a draft; with a text, one that changes the sample procedure."""
        by = by or self.editor
        change = self.changes.create(by, "改号码")
        if text is not None:
            self.changes.save_file(change.id, SAMPLE_PATH, text, 0, SAMPLE, by)
        return self.changes.get(change.id)

    def saved(self, draft_id: str, path: str = SAMPLE_PATH) -> ChangedFile:
        """Return a file as it lies in the draft."""
        (file,) = [file for file in self.changes.get(draft_id).files if file.path == path]
        return file

    def publish(self, text: str, path: str = SAMPLE_PATH) -> None:
        """Have the whole way gone by others: `text` is what agents are served."""
        for person, role in ((self.reviewer, Role.REVIEWER), (self.compliance, Role.COMPLIANCE)):
            self.publisher.approve_baseline(person, role)
        published = self.repository.file_at(self.repository.published(), path)
        change = self.changes.create(self.second, "另一处改动")
        base = published.decode() if published else None
        self.changes.save_file(change.id, path, text, 0, base, self.second)
        change = self.changes.get(change.id)
        change = self.changes.submit(change.id, self.second, passed(change))
        self._approve(change)
        self.publisher.publish(change.id, self.reviewer)

    def _approve(self, change: ChangeSet) -> None:
        for person, role in ((self.reviewer, Role.REVIEWER), (self.compliance, Role.COMPLIANCE)):
            if self.changes.get(change.id).state is ChangeState.IN_REVIEW:
                self.changes.review(change.id, person, role, Verdict.APPROVED, change.digest)

    def publications(self) -> int:
        """Return the number of the last publication."""
        with reading(self.engine) as connection:
            last = last_publication(connection)
        return last.number if last else 0


def address(draft_id: str, path: str = SAMPLE_PATH, part: str = "") -> str:
    """Return where a file of a draft is edited."""
    return f"/drafts/{draft_id}/files/{quote(path)}" + (f"/{part}" if part else "")


def post(client: TestClient, href: str, **fields: str) -> Response:
    """Send a form; its token goes along in a header."""
    return client.post(href, data={"csrf": "", **fields})


def hidden(answer: Response) -> dict[str, str]:
    """Return the fields that the page's forms send unseen; the last of a name counts."""
    return dict(_HIDDEN.findall(answer.text))
