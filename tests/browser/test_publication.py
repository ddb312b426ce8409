"""The whole way in Chromium over real processes: from a draft to the desk, under four eyes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.changes import ChangeOrigin, ChangeSet, ChangeSets, ChangeState
from kb.clock import shanghai_now
from kb.people import Person, Role
from kb.people.accounts import Accounts
from kb.people.sessions import begin_session
from kb.publishing.publisher import Publisher
from kb.repository import ContentRepository
from kb.settings import Settings
from kb.state import open_database, upgrade_database
from tests.browser.desk import WIDE
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed
from tests.dictionaries import lay_dictionary
from tests.kb.changes.floor import passed
from tests.kb.repository.repositories import a_repository, git, read, write
from tests.web.access.people import COOKIE
from tests.web.processes import RunningServer, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.process]

# Words that stand nowhere in the content.
NEW_WORDS = ("青蛙王子", "紫色大象", "银河快车")
HAND_WORDS = "木星列车"


@dataclass
class Newsroom:
    """The server, what it publishes, and the people of the floor."""

    server: RunningServer
    repository: ContentRepository
    changes: ChangeSets
    people: dict[Role, Person]
    cookies: dict[Role, str]

    def submit(self, text: str) -> ChangeSet:
        """Have the editor change the sample procedure, and ask for approval."""
        editor = self.people[Role.EDITOR]
        change = self.changes.create(editor, "客户又有新说法")
        base = git(self.repository, "show", f"refs/kb/published:{SAMPLE_PATH}") + "\n"
        self.changes.save_file(change.id, SAMPLE_PATH, text, 0, base, editor)
        return self.changes.submit(change.id, editor, passed(self.changes.get(change.id)))

    @contextmanager
    def browser(self, browser: Browser, role: Role) -> Iterator[Page]:
        """Give a page that is signed in."""
        context = browser.new_context(viewport=WIDE, locale="zh-CN", base_url=self.address)
        session = {"name": COOKIE, "value": self.cookies[role], "url": self.address}
        context.add_cookies([session])  # type: ignore[list-item]
        yield context.new_page()
        context.close()

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.server.port}"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A newsroom whose baseline was approved."""
    folder = tmp_path_factory.mktemp("newsroom")
    repository = a_repository(folder)
    settings = Settings(content_dir=repository.folder, data_dir=folder / "data")
    lay_dictionary(settings.index_dir)
    engine = open_database(settings)
    upgrade_database(engine)
    roles = (Role.EDITOR, Role.REVIEWER, Role.COMPLIANCE, Role.AGENT)
    accounts = Accounts(engine)
    people = {
        role: accounts.create(None, f"user{number}", f"{role}的人", frozenset({role}), "")
        for number, role in enumerate(roles)
    }
    publisher = Publisher(repository, engine)
    publisher.repair()
    for role in (Role.REVIEWER, Role.COMPLIANCE):
        publisher.approve_baseline(people[role], role)
    with engine.begin() as connection:
        cookies = {
            role: begin_session(connection, person, shanghai_now())
            for role, person in people.items()
        }
    server = RunningServer(repository.folder, settings.data_dir)
    found = Newsroom(server, repository, ChangeSets(engine), people, cookies)
    try:
        wait_until(lambda: _is_up(server), "the server answers")
        yield found
    finally:
        server.kill()
        engine.dispose()


def _is_up(server: RunningServer) -> bool:
    try:
        return server.ask("/api/v1/health").status == 401
    except (OSError, ValueError):
        return False


def saying(words: str, text: str = SAMPLE) -> str:
    """Return the sample procedure with another wording of customers."""
    return changed("says:\n", f"says:\n  - {words}怎么办\n", text)


def first_hit(desk: Page, words: str) -> str:
    """Return what the desk opens for a query, or an empty text."""
    desk.goto(f"/?q={words}")
    opened = desk.locator("article.answer")
    return opened.get_attribute("data-id") or "" if opened.count() else ""


def is_found(desk: Page, words: str) -> bool:
    """Return whether the search answers; without the time that Chromium takes for a page."""
    return bool(desk.request.get(f"/api/v1/search?q={words}").json()["answered"])


def test_an_approved_change_is_found_at_the_desk(room: Newsroom, browser: Browser) -> None:
    text = SAMPLE
    with (
        room.browser(browser, Role.REVIEWER) as reviewer,
        room.browser(browser, Role.AGENT) as desk,
    ):
        for words in NEW_WORDS:
            text = saying(words, text)
            change = room.submit(text)
            assert first_hit(desk, words) == ""
            reviewer.goto("/changes")
            reviewer.locator(f'a[href="{change.href}"]').first.click()
            expect(reviewer.locator("ins").first).to_contain_text(words)
            reviewer.get_by_role("button", name="批准", exact=True).click()
            expect(reviewer.locator(".done")).to_contain_text("已发布")
            wait_until(lambda asked=words: is_found(desk, asked), "the desk finds it")
            # The other process may be a moment behind.
            wait_until(lambda asked=words: first_hit(desk, asked), "the page shows it")
    message = git(room.repository, "log", "-1", "--format=%an%n%B", "refs/kb/published")
    assert "Edited-by: 编辑的人（user0）" in message
    assert "Approved-by: 审核的人（user1） as 审核" in message


def test_a_file_changed_by_hand_is_served_only_once_it_is_approved(
    room: Newsroom, browser: Browser
) -> None:
    published = read(room.repository, SAMPLE_PATH)
    assert published is not None
    write(room.repository, SAMPLE_PATH, saying(HAND_WORDS, published))

    def adopted() -> list[ChangeSet]:
        drafts = room.changes.listed((ChangeState.DRAFT,))
        return [draft for draft in drafts if draft.origin is ChangeOrigin.REPOSITORY]

    (draft,) = wait_until(adopted, "the draft of what was changed by hand")
    with (
        room.browser(browser, Role.REVIEWER) as reviewer,
        room.browser(browser, Role.AGENT) as desk,
    ):
        reviewer.goto(draft.href)
        expect(reviewer.locator("h1")).to_contain_text("未审核变更")
        assert reviewer.get_by_role("button", name="批准", exact=True).count() == 0
        assert first_hit(desk, HAND_WORDS) == ""
        room.changes.submit(draft.id, room.people[Role.EDITOR], passed(draft))
        reviewer.reload()
        assert first_hit(desk, HAND_WORDS) == ""
        reviewer.get_by_role("button", name="批准", exact=True).click()
        expect(reviewer.locator(".done")).to_contain_text("已发布")
        wait_until(lambda: first_hit(desk, HAND_WORDS), "the desk finds it")
    assert (Path(room.repository.folder) / SAMPLE_PATH).read_text() == saying(HAND_WORDS, published)
