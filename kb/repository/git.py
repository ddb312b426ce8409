"""The command line of git, run on one repository.

Arguments are lists, never a shell's line, and neither the machine's settings nor those of whoever
started the program count: a hook or an alias of somebody's must not decide what is published.
"""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from kb.errors import RepositoryUnavailable

_LOG = logging.getLogger(__name__)

NOBODY = "0" * 40
"""In the place of a commit: there is none."""
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""Every repository knows it."""
PRODUCT = ("保险客服知识库", "kb@kb.invalid")
"""Name and address of who commits: the program."""
_PATIENCE_SECONDS = 60
_OPTIONS = (
    "--literal-pathspecs",
    *("-c", "core.quotepath=off"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.autocrlf=false"),
    # What was acknowledged must outlive the machine's power.
    *("-c", "core.fsync=all"),
)


class Git:
    """Runs git on the repository in a folder."""

    def __init__(self, folder: Path) -> None:
        """Use the repository whose work tree is `folder`."""
        self.folder = folder.absolute()
        self.directory = self.folder / ".git"

    def run(
        self,
        *arguments: str,
        given: bytes = b"",
        variables: Mapping[str, str] | None = None,
        held: tuple[int, ...] = (),
    ) -> bytes:
        """Return what git prints when it reads `given`.

        `held` are descriptors that stay open until git itself ends. Raises RepositoryUnavailable.
        """
        done = self._run(arguments, given, variables or {}, held)
        if done.returncode:
            raise _failure(arguments, done)
        return done.stdout

    def answer(self, *arguments: str) -> str | None:
        """Return what git prints, without its line end, or None when it says no.

        For commands whose exit code is an answer. Raises RepositoryUnavailable when git fails.
        """
        done = self._run(arguments, b"", {}, ())
        if done.returncode > 1:
            raise _failure(arguments, done)
        return None if done.returncode else done.stdout.decode().strip()

    def text(self, *arguments: str) -> str:
        """Return what git prints, without its line end. Raises RepositoryUnavailable."""
        return self.run(*arguments).decode().strip()

    def commit(self, name: str) -> str | None:
        """Return the id of the commit that a ref or an id names, or None."""
        return self.answer("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")

    def leads(self, old: str, new: str) -> bool:
        """Return whether the commit `new` contains the commit `old`."""
        return self.answer("merge-base", "--is-ancestor", old, new) is not None

    def fork_point(self, one: str, other: str) -> str:
        """Return the last commit that both contain; an empty tree when they have none."""
        return self.answer("merge-base", one, other) or EMPTY_TREE

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return id → bytes. Raises RepositoryUnavailable when one is missing."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return {}
        printed = self.run("cat-file", "--batch", given="\n".join(wanted).encode() + b"\n")
        found, at = {}, 0
        for blob in wanted:
            head, _, _ = printed[at : at + 200].partition(b"\n")
            if not head.startswith(f"{blob} blob ".encode()):
                raise RepositoryUnavailable("内容仓库缺少文件，可能已损坏。")
            start = at + len(head) + 1
            at = start + int(head.split()[2]) + 1
            found[blob] = printed[start : at - 1]
        return found

    def _run(
        self,
        arguments: tuple[str, ...],
        given: bytes,
        variables: Mapping[str, str],
        held: tuple[int, ...],
    ) -> subprocess.CompletedProcess[bytes]:
        command = ["git", *_OPTIONS, f"--git-dir={self.directory}", f"--work-tree={self.folder}"]
        try:
            return subprocess.run(  # noqa: S603 - our own command, arguments as a list
                [*command, *arguments],
                input=given,
                capture_output=True,
                check=False,
                cwd=self.folder,
                env={**_environment(self.directory), **variables},
                pass_fds=held,
                timeout=_PATIENCE_SECONDS,
            )
        except FileNotFoundError as error:
            missing = " git 命令" if error.filename == "git" else f"内容仓库“{self.folder}”"
            raise RepositoryUnavailable(f"找不到{missing}。") from error
        except (OSError, subprocess.SubprocessError) as error:
            raise RepositoryUnavailable(f"内容仓库出错（git {arguments[0]}）。") from error


def _failure(
    arguments: tuple[str, ...], done: subprocess.CompletedProcess[bytes]
) -> RepositoryUnavailable:
    _LOG.error("git %s: %s", arguments[0], done.stderr.decode(errors="replace").strip())
    return RepositoryUnavailable(f"内容仓库出错（git {arguments[0]}），详情见日志。")


def _environment(directory: Path) -> dict[str, str]:
    """Return what git inherits: not where another repository lies, nobody's settings."""
    name, address = PRODUCT
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return inherited | {
        "HOME": str(directory),
        "XDG_CONFIG_HOME": str(directory),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_SSH_COMMAND": "ssh -oBatchMode=yes",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": address,
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": address,
    }
