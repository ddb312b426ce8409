"""Builds the pages of the history, and drafts that bring something back."""

from __future__ import annotations

from sqlalchemy import Engine

from kb.changes import ChangeOrigin, ChangeSet, ChangeSets
from kb.errors import ChangeInvalid
from kb.people import Person
from kb.publishing.archive import Archive
from kb.publishing.history import PublicationHistory
from kb.repository import ContentRepository
from web.changes.side_by_side import compare_file
from web.contexts import Shell
from web.history.contexts import ComparisonPage, HistoryPage, HistoryRow


class HistoryBuilder:
    """Reads repository and database in a thread, and none of what serves the desk."""

    def __init__(self, engine: Engine, repository: ContentRepository) -> None:
        self.archive = Archive(repository)
        self._repository = repository
        self._history = PublicationHistory(engine)
        self._changes = ChangeSets(engine)

    def history_page(self, shell: Shell, procedure_id: str, title: str, now: str) -> HistoryPage:
        """Return the publications that touched the procedure, newest first."""
        found = self._history.of_procedure(procedure_id)
        (last,) = self._history.latest(1)
        paths = {path for touching in found for path in touching.paths}
        commits = {
            commit.id: commit
            for path in sorted(paths)
            for commit in self._repository.commits_of(last.commit, path)
        }
        rows = []
        for touching in found:
            commit = commits.get(touching.publication.commit)
            authors, approvers = (commit.authors, commit.approvers) if commit else ((), ())
            rows.append(HistoryRow(touching.publication, touching.paths, authors, approvers))
        return HistoryPage(shell, procedure_id, title, tuple(rows), now)

    def comparison_page(
        self, shell: Shell, procedure_id: str, title: str, older: int, newer: int
    ) -> ComparisonPage:
        """Return the procedure's files after two publications. Raises PublicationNotFound."""
        before, after = self._history.numbered(older), self._history.numbered(newer)
        touching = self._history.of_procedure(procedure_id)
        paths = sorted({path for item in touching for path in item.paths})
        texts = [
            (path, self.archive.text(before.commit, path), self.archive.text(after.commit, path))
            for path in paths
        ]
        files = tuple(compare_file(*item) for item in texts if item[1] != item[2])
        return ComparisonPage(shell, procedure_id, title, before, after, files)

    def bring_back(self, number: int, path: str, title: str, by: Person) -> ChangeSet:
        """Return a new draft in which the file is as after that publication.

        Raises PublicationNotFound, and ChangeInvalid when there is nothing to bring back.
        """
        (last,) = self._history.latest(1)
        old = self.archive.text(self._history.numbered(number).commit, path)
        now = self.archive.text(last.commit, path)
        if old is None or old == now:
            raise ChangeInvalid(f"“{path}”现在就是第 {number} 号发布的样子，不用恢复。")
        name = f"恢复“{title[:40]}”到第 {number} 号发布"
        change = self._changes.create(by, name, ChangeOrigin.RETURN)
        self._changes.save_file(change.id, path, old, 0, now, by)
        return self._changes.get(change.id)
