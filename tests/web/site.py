"""A site for tests: content, index, and the application served over them with a movable clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path

from starlette.testclient import TestClient
from starlette.types import ASGIApp

from kb.content import FolderSource
from kb.indexing import IndexBuilder
from kb.knowledge_base import KnowledgeBase
from kb.knowledge_view import KnowledgeView
from kb.settings import PACKAGED_CONTENT, Settings
from tests.clocks import MORNING, instant
from tests.content_samples import SAMPLE_PATH, changed, sample_files, write_folder
from tests.dictionaries import lay_dictionary
from tests.state_files import lay_database
from web.application import create_application

TODAY = date(2026, 6, 1)
SCHEDULED = date(2026, 7, 1)
SCHEDULED_PATH = SAMPLE_PATH.replace(".md", f"@{SCHEDULED}.md")
_NEVER_SCRUB = 1e9


def local_client(application: ASGIApp) -> TestClient:
    """Return a client at the machine itself; unexpected errors become answers."""
    return TestClient(application, raise_server_exceptions=False, client=("127.0.0.1", 50000))


class Site:
    """Content and index below one folder; move `today` or `time` and every request sees it."""

    def __init__(self, folder: Path, content: Path | None = None) -> None:
        self.content = content or folder / "content"
        self.settings = Settings(content_dir=self.content, data_dir=folder / "data")
        self.today = TODAY
        self.time = MORNING
        self._builder = IndexBuilder(
            FolderSource(self.content), self.settings.index_dir, _NEVER_SCRUB
        )
        self._knowledge_base = KnowledgeBase(self.settings, self.now)

    def now(self) -> datetime:
        """Return the present instant: the site's clock."""
        return instant(self.today, self.time)

    def lay_dictionary(self) -> None:
        """Spare the index the making of the dictionary."""
        lay_dictionary(self.settings.index_dir)

    def lay_database(self) -> None:
        """Spare the application the making of its tables."""
        lay_database(self.settings)

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write content files."""
        write_folder(self.content, files)

    def build(self) -> None:
        """Bring the index up to date."""
        self._builder.refresh()

    def application(self) -> ASGIApp:
        """Return the application as it is served."""
        return create_application(self.settings, self.now)

    @contextmanager
    def client(self) -> Iterator[TestClient]:
        """Give a client of the running application."""
        with local_client(self.application()) as client:
            yield client

    @contextmanager
    def broken_database(self) -> Iterator[None]:
        """Let the database refuse everything until the block ends; then it is empty."""
        for path in self.settings.data_dir.glob("kb.sqlite3*"):
            path.unlink()
        self.settings.database_file.mkdir()
        try:
            yield
        finally:
            self.settings.database_file.rmdir()

    def view(self) -> KnowledgeView:
        """Return the view that the application has, from a knowledge base of its own."""
        self._knowledge_base.refresh()
        return self._knowledge_base.view


def dated_files() -> dict[str, bytes]:
    """Return the sample folder with a second version of its procedure, which starts in July."""
    later = changed("title: 变更联系电话\n", "title: 变更联系电话新规\n")
    later = changed("effective_from: 2026-01-01", f"effective_from: {SCHEDULED}", later)
    later = changed("核对来电人身份。", "先听客户说完。", later)
    return {**sample_files(), SCHEDULED_PATH: later.encode()}


def site_of(folder: Path, files: Mapping[str, bytes]) -> Site:
    """Return the built site of a small content folder."""
    site = Site(folder)
    site.lay_dictionary()
    site.lay_database()
    site.write(files)
    site.build()
    return site


@cache
def real_site(folder: Path) -> Site:
    """Return the site of the content that is shipped; built once a test run."""
    site = Site(folder / "real-site", PACKAGED_CONTENT)
    site.build()
    return site


@cache
def dated_site(folder: Path) -> Site:
    """Return the site of `dated_files`; built once a test run."""
    return site_of(folder / "dated-site", dated_files())
