"""What the builder of the index reads from a content repository: the last publication."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from pathlib import Path

from sqlalchemy import Engine

from kb.changes import Published
from kb.content import ContentFiles
from kb.errors import RepositoryUnavailable
from kb.publishing.publication import Publication
from kb.publishing.rows import last_publication, prepared_publications, recorded_files
from kb.repository import ContentRepository
from kb.state import reading


class PublishedSource:
    """The files of the last publication, whatever else lies in the repository.

    What the database has not recorded is never read: neither the work tree nor a line that somebody
    moved by hand.
    """

    def __init__(self, repository: ContentRepository, engine: Engine) -> None:
        """Read what was published from `repository`, as recorded in the database of `engine`."""
        self._repository = repository
        self._engine = engine
        self._contents: dict[str, bytes] = {}
        """Id → bytes of what was read last: a publication changes few files."""

    @property
    def watched(self) -> Path:
        """The folder in which something happens when the published line moves."""
        return self._repository.watched

    def signature(self) -> Hashable:
        """Return another value when the published line may have moved."""
        return self._repository.published_sign()

    def read_files(self) -> ContentFiles:
        """Return the files of the last publication; see `read_published`."""
        return self.read_published().files

    def read_published(self) -> Published:
        """Return the last publication, each file compared with its recorded sha256.

        Raises DatabaseUnavailable and RepositoryUnavailable.
        """
        with reading(self._engine) as connection:
            prepared = prepared_publications(connection)
            last = last_publication(connection)
            # Between the commit point and the record of it, a publication counts.
            reached = [item for item in prepared if self._repository.is_at(item.commit)]
            served = reached[0] if reached else last
            recorded = recorded_files(connection, served.number) if served else {}
        if served is None:
            raise RepositoryUnavailable("内容仓库还没有登记，请稍候几秒再试。")
        return Published(served.commit, self._checked(served, recorded))

    def _checked(self, served: Publication, recorded: dict[str, str]) -> ContentFiles:
        ids = self._repository.ids_at(served.commit)
        missing = self._repository.contents(set(ids.values()) - self._contents.keys())
        contents = self._contents | missing
        self._contents = {id_: contents[id_] for id_ in ids.values()}
        files = {path: self._contents[id_] for path, id_ in ids.items()}
        if {path: hashlib.sha256(data).hexdigest() for path, data in files.items()} != recorded:
            raise RepositoryUnavailable(
                f"发布 {served.number} 的内容和批准时登记的不一致，没有采用；坐席看到的不变。"
            )
        return files
