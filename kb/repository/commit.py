"""Commits of the published line: what their messages say, and how they are read again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kb.repository.git import PRODUCT, Git

_FIELD, _RECORD = "\x1f", "\x1e"
_FORMAT = f"{_RECORD}%H{_FIELD}%P{_FIELD}%cI{_FIELD}%B{_FIELD}"
_TRAILER = re.compile(r"^(Kb-Change|Kb-Digest|Edited-by|Approved-by): (.*)$", re.MULTILINE)
_SIGNED = re.compile(r"(.+)（(.+)）")
_DOMAIN = PRODUCT[1].partition("@")[2]


@dataclass(frozen=True, slots=True)
class CommitNote:
    """What a publication's commit says besides its files."""

    title: str
    change_set_id: str
    """Empty for a commit that publishes no change set."""
    digest: str
    """Of what was approved, as `kb.changes.files_digest` counts it."""
    authors: tuple[str, ...]
    """Who changed a byte of it: `林晓（linx）`."""
    approvers: tuple[str, ...]
    """`周宁（zhoun） as 审核`."""

    def message(self) -> str:
        """Return the commit's message; the names stand in its trailers."""
        trailers = [("Kb-Change", self.change_set_id), ("Kb-Digest", self.digest)]
        trailers += [("Edited-by", name) for name in self.authors]
        trailers += [("Approved-by", name) for name in self.approvers]
        lines = [f"{key}: {_one_line(value)}" for key, value in trailers if value]
        return "\n".join([_one_line(self.title), "", *lines, ""])

    def author(self) -> dict[str, str]:
        """Return what makes git name the first editor as the author."""
        if not self.authors:
            return {}
        author = _one_line(self.authors[0])
        signed = _SIGNED.fullmatch(author)
        name, login = signed.groups() if signed else (author, "editor")
        # git refuses a name of which nothing is left without the signs that it takes out.
        is_usable = any(character.isalnum() for character in name)
        return {
            "GIT_AUTHOR_NAME": name if is_usable else login,
            "GIT_AUTHOR_EMAIL": f"{login}@{_DOMAIN}",
        }


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """A commit of the published line."""

    id: str
    parent: str | None
    """The commit that was published before; None for the first."""
    at: datetime
    title: str
    authors: tuple[str, ...]
    """Who changed a byte of it: `林晓（linx）`."""
    approvers: tuple[str, ...]
    """`周宁（zhoun） as 审核`."""
    paths: tuple[str, ...]
    """All files that it changed, sorted."""


def write_commit(git: Git, tree: str, parents: tuple[str, ...], note: CommitNote) -> str:
    """Store a commit and return its id; nothing points to it yet."""
    options = [option for parent in parents for option in ("-p", parent)]
    given = note.message().encode()
    printed = git.run("commit-tree", tree, *options, given=given, variables=note.author())
    return printed.decode().strip()


def read_commits(git: Git, tip: str, path: str | None) -> Iterator[CommitInfo]:
    """Yield the commits of the line that ends in `tip`, newest first.

    With a `path` only those that changed it.
    """
    options = ("--first-parent", "--diff-merges=first-parent", "--no-renames", "--full-diff")
    arguments = ("log", "-z", f"--format={_FORMAT}", "--name-only", *options, tip, "--")
    printed = git.run(*arguments, *([path] if path else [])).decode(errors="surrogateescape")
    for record in printed.split(_RECORD)[1:]:
        id_, parents, at, message, names = record.split(_FIELD, 4)
        title, _, trailing = message.partition("\n")
        trailers = _TRAILER.findall(trailing)
        yield CommitInfo(
            id=id_,
            parent=parents.partition(" ")[0] or None,
            at=datetime.fromisoformat(at),
            title=title,
            authors=tuple(value for key, value in trailers if key == "Edited-by"),
            approvers=tuple(value for key, value in trailers if key == "Approved-by"),
            paths=tuple(sorted(name for name in names.strip("\n\0").split("\0") if name)),
        )


def _one_line(text: str) -> str:
    # Whatever people typed must not become a trailer of its own, or end the record when it is read.
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
