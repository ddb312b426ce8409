"""The remote named `origin`: nothing counts as published before it is there too."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from kb.errors import RemoteRefused, RepositoryUnavailable
from kb.repository.git import Git
from kb.repository.refs import MAIN, PUBLISHED

_NAME = "origin"


class Remote:
    """The copy of the published line on another machine, if the repository has one."""

    def __init__(self, git: Git) -> None:
        """Push from the repository of `git`."""
        self._git = git

    @property
    def exists(self) -> bool:
        """Whether the repository has a remote."""
        return self._git.answer("config", "--get", f"remote.{_NAME}.url") is not None

    def push(self, commit: str, is_recorded: Callable[[str], bool]) -> None:
        """Make the remote's published line end in `commit`, which goes on from it.

        A commit of ours that nobody acknowledged, because pushing it failed halfway, is replaced;
        `is_recorded` tells which were acknowledged. Raises RemoteRefused.
        """
        try:
            printed = self._git.text("ls-remote", _NAME, PUBLISHED)
            there = printed.partition("\t")[0]
            if there and not self._may_replace(there, commit, is_recorded):
                raise RemoteRefused(
                    f"没有发布：远端仓库的发布线停在本机不知道的 {there[:12]}，请先由管理员核对。"
                )
            # Nobody may have pushed since we looked.
            lease = f"--force-with-lease={PUBLISHED}:{there}"
            self._git.run("push", "--quiet", lease, _NAME, f"{commit}:{PUBLISHED}")
        except RepositoryUnavailable as error:
            raise RemoteRefused("没有发布：推送到远端仓库失败，请稍后再试。") from error

    def push_main(self) -> None:
        """Let the remote's branch follow, unless people have pushed commits of their own to it."""
        with suppress(RepositoryUnavailable):
            self._git.run("push", "--quiet", _NAME, f"{MAIN}:{MAIN}")

    def _may_replace(self, there: str, commit: str, is_recorded: Callable[[str], bool]) -> bool:
        if self._git.commit(there) is None:
            return False
        return self._git.leads(there, commit) or not is_recorded(there)
