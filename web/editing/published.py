"""What agents are served, as those read it who change it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Engine

from kb.changes import ChangeSet, Published, files_digest
from kb.content import ContentFiles, FolderSource
from kb.editing import Surroundings, read_surroundings
from kb.publishing.source import PublishedSource
from kb.repository import ContentRepository, is_content_repository
from kb.settings import Settings

_REMEMBERED = 16


@dataclass(frozen=True, slots=True)
class ReadContent:
    """The published files, and what one may refer to in them."""

    published: Published
    surroundings: Surroundings


class PublishedContent:
    """The published content, read again when it has changed.

    Every method blocks, may be called in any thread, and raises RepositoryUnavailable,
    DatabaseUnavailable and ContentFolderMissing.
    """

    def __init__(self, settings: Settings, engine: Engine) -> None:
        """Read the publications of a content repository, or a folder as it lies there."""
        folder = settings.content_folder
        self._repository = (
            PublishedSource(ContentRepository(folder), engine)
            if is_content_repository(folder)
            else None
        )
        self._source = self._repository or FolderSource(folder)
        self._lock = Lock()
        self._sign: Hashable = None
        self._content: ReadContent | None = None
        self._drafted: dict[str, Surroundings] = {}
        """Digest of the other files of a draft → what they make together with what is published."""

    @property
    def has_publication(self) -> bool:
        """Whether changes can be published: not where a folder is served as it is."""
        return self._repository is not None

    def read(self) -> ReadContent:
        """Return what is published now."""
        with self._lock:
            return self._read()

    def _read(self) -> ReadContent:
        sign = self._source.signature()
        if self._content is None or sign != self._sign:
            published = self._read_published()
            earlier = self._content.surroundings if self._content else None
            surroundings = read_surroundings(published.files, earlier)
            self._content = ReadContent(published, surroundings)
            self._drafted.clear()
            self._sign = sign
        return self._content

    def _read_published(self) -> Published:
        if self._repository:
            return self._repository.read_published()
        return Published("", self._source.read_files())

    def surroundings(self, change: ChangeSet, without: str = "") -> Surroundings:
        """Return what the file at `without` may refer to: the others of `change` and the published.

        Reading what was not read before takes a tenth of a second.
        """
        others = {path: data for path, data in change.contents.items() if path != without}
        with self._lock:
            content = self._read()
            if not others:
                return content.surroundings
            digest = files_digest(others)
            if digest not in self._drafted:
                if len(self._drafted) >= _REMEMBERED:
                    self._drafted.clear()
                files = _overlaid(content.published.files, others)
                self._drafted[digest] = read_surroundings(files, content.surroundings)
            return self._drafted[digest]


def _overlaid(files: ContentFiles, others: dict[str, bytes | None]) -> dict[str, bytes]:
    both = {**files, **others}
    return {path: data for path, data in both.items() if data is not None}
