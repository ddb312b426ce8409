"""A server process whose floor has accounts, and browsers of people who are signed in there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from kb.people import Person
from kb.people.sessions import begin_session
from kb.settings import Settings
from kb.state import open_database, upgrade_database
from tests.browser.desk import WIDE, BrowserDesk
from tests.browser.server import DeskServer
from tests.kb.questions.floor import Floor
from tests.web.access.people import COOKIE
from tests.web.site import Site


class Staff:
    """People of a database, and where they are served."""

    def __init__(self, floor: Floor, base: str, browser: Browser) -> None:
        self.floor = floor
        self.base = base
        self._browser = browser

    @contextmanager
    def desk_of(self, person: Person, **options: Any) -> Iterator[BrowserDesk]:
        """Give a fresh browser in which somebody is signed in; it must not complain."""
        context = self._browser.new_context(viewport=WIDE, locale="zh-CN", **options)
        desk = BrowserDesk(context.new_page(), self.base)
        self.sign_in(desk, person)
        yield desk
        context.close()
        assert desk.problems == []
        assert desk.foreign_requests == []

    def sign_in(self, desk: BrowserDesk, person: Person) -> None:
        """Let somebody sign in, in place of who was signed in before."""
        with self.floor.engine.begin() as connection:
            session_id = begin_session(connection, person, self.floor.now)
        cookie = {"name": COOKIE, "value": session_id, "url": self.base}
        desk.page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of theirs


@contextmanager
def served_staff(site: Site, folder: Path, browser: Browser) -> Iterator[Staff]:
    """Serve the index of `site` over a database of its own in `folder`."""
    address = f"sqlite:///{folder / 'kb.sqlite3'}"
    engine = open_database(Settings(database_url=address))
    upgrade_database(engine)
    server = DeskServer(site, folder / "log.txt", {"KB_DATABASE_URL": address})
    with server.running():
        yield Staff(Floor(engine), server.address, browser)
