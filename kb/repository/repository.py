"""A content repository: a folder with git in it whose line `refs/kb/published` is served."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.content import file_sign, remaining_paths
from kb.errors import RepositoryUnavailable
from kb.repository.commit import CommitInfo, read_commits
from kb.repository.git import NOBODY, Git
from kb.repository.hand_changes import HandWork, find_hand_work
from kb.repository.lock import held_lock
from kb.repository.new_commit import NewCommit, store_commit
from kb.repository.refs import MAIN, PUBLISHED, ref_sign
from kb.repository.remote import Remote
from kb.repository.stale_locks import remove_stale_locks
from kb.repository.tree import INDEX_PREFIX, list_content
from kb.repository.work_tree import WorkTree

MARK = "kb.repository"
"""The configuration variable that makes a folder a content repository."""
_OWN_FOLDER = "kb"
"""Below the folder of git: the lock, and what is on its way into the work tree."""


class ContentRepository:
    """The history of the content. Readers may be in any thread; writers hold the lock."""

    def __init__(self, folder: Path) -> None:
        """Use the repository in `folder`; opens nothing yet."""
        self.folder = folder
        self.remote = Remote(Git(folder))
        self._git = Git(folder)
        self._own = self._git.directory / _OWN_FOLDER
        self._work_tree = WorkTree(self._git, self._own)

    @property
    def watched(self) -> Path:
        """The folder in which something happens when the published line moves."""
        return self._git.directory / Path(PUBLISHED).parent

    def published_sign(self) -> Hashable:
        """Return another value when the published line may have moved."""
        return ref_sign(self._git.directory, PUBLISHED)

    def published(self) -> str:
        """Return the commit in which the published line ends. Raises RepositoryUnavailable."""
        commit = self._git.commit(PUBLISHED)
        if commit is None:
            raise RepositoryUnavailable(f"内容仓库“{self.folder}”没有发布线 {PUBLISHED}。")
        return commit

    def is_at(self, commit: str) -> bool:
        """Return whether the published line ends in `commit`."""
        return self._git.commit(PUBLISHED) == commit

    def is_published(self, commit: str) -> bool:
        """Return whether the published line contains `commit`."""
        is_known = self._git.commit(commit) is not None
        return is_known and self._git.leads(commit, PUBLISHED)

    def ids_at(self, commit: str) -> dict[str, str]:
        """Return the content files of a commit: path → id by which `contents` gives its bytes.

        Raises RepositoryUnavailable.
        """
        return list_content(self._git, commit)

    def contents(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return id → bytes. Raises RepositoryUnavailable."""
        return self._git.blobs(ids)

    def files_at(self, commit: str) -> dict[str, bytes]:
        """Return the content files of a commit: path → bytes. Raises RepositoryUnavailable."""
        ids = self.ids_at(commit)
        contents = self.contents(ids.values())
        return {path: contents[id_] for path, id_ in ids.items()}

    def file_at(self, commit: str, path: str) -> bytes | None:
        """Return a content file's bytes in a commit, or None. Raises RepositoryUnavailable."""
        id_ = self.ids_at(commit).get(path)
        return self.contents([id_])[id_] if id_ else None

    def commits_of(self, commit: str, path: str | None = None) -> list[CommitInfo]:
        """Return the publications that led to `commit`, newest first.

        With a `path` those that changed it. Raises RepositoryUnavailable.
        """
        return list(read_commits(self._git, commit, path))

    def hand_work(self, published: str) -> HandWork:
        """Return what people changed by hand since `published`; see `find_hand_work`.

        Raises RepositoryUnavailable.
        """
        return find_hand_work(self._git, published)

    def hand_sign(self) -> Hashable:
        """Return another value when `hand_work` may have changed, without asking git."""
        directory = self._git.directory
        refs = (ref_sign(directory, ref) for ref in ("HEAD", MAIN, PUBLISHED))
        files = ((path, file_sign(self.folder / path)) for path in remaining_paths(self.folder))
        return *refs, *files

    @contextmanager
    def locked(self, patience_seconds: float) -> Iterator[int]:
        """Hold the publication lock, and give its descriptor; see `move_published`.

        What a process that died holding it left behind is removed. Raises RepositoryBusy.
        """
        with held_lock(self._own / "lock", patience_seconds) as descriptor:
            remove_stale_locks(self._git)
            for left in self._git.directory.glob(f"{INDEX_PREFIX}*"):
                left.unlink(missing_ok=True)
            self._work_tree.tidy()
            yield descriptor

    def hand_authors(self, published: str) -> tuple[str, ...]:
        """Return who committed by hand since `published`: `名（邮箱）`.

        Raises RepositoryUnavailable.
        """
        printed = self._git.text("log", "--format=%an（%ae）", f"{published}..{MAIN}")
        return tuple(dict.fromkeys(printed.splitlines()))

    def commit(self, new: NewCommit) -> str:
        """Store a commit and return its id; see `store_commit`. Raises RepositoryUnavailable."""
        return store_commit(self._git, new)

    def move_published(self, commit: str, lock: int) -> None:
        """Make the published line end in `commit`, if it is where it was: the commit point.

        The `lock` is held until git has ended, even if this process is killed meanwhile. Raises
        RepositoryUnavailable.
        """
        before = self._git.commit(PUBLISHED) or NOBODY
        self._git.run("update-ref", PUBLISHED, commit, before, held=(lock,))

    def renew_files(self, published: str) -> None:
        """Put the files of `published` in their places; see `WorkTree.renew_files`.

        Raises RepositoryUnavailable and OSError; may be done again.
        """
        self._work_tree.renew_files(published)

    def follow(self, published: str) -> None:
        """Let branch and index follow once the files are renewed; see `WorkTree.follow`.

        Raises RepositoryUnavailable; may be done again.
        """
        self._work_tree.follow(published)


def is_content_repository(folder: Path) -> bool:
    """Return whether `folder` was started as a content repository."""
    # Of a clone's own folder `content`, git would find the clone's repository above.
    if not (folder / ".git" / "HEAD").is_file():
        return False
    return Git(folder).answer("config", "--get", "--bool", MARK) == "true"
