"""What parts of procedures said before a regulation was marked as changed.

Only a content repository remembers it: in a folder that is served as it is, nobody can tell
whether a text was changed since, and each has to be confirmed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from kb.content import (
    REGISTER_FILE,
    RegulationChange,
    block_hash,
    id_in_path,
    is_procedure_path,
    parse_procedure_file,
    read_reference_data,
)
from kb.reviewing.task import ReviewKey

_KEPT_REGISTERS = 256
_KEPT_HASHES = 16

_Mark = tuple[str, date, tuple[str, ...]]


class Commit(Protocol):
    """A state of the content."""

    @property
    def id(self) -> str:
        """Names it."""

    @property
    def parent(self) -> str | None:
        """Id of the state before it; None or empty for the first."""


class ContentHistory(Protocol):
    """What is asked of a content repository."""

    def published(self) -> str:
        """Return the commit that is served."""

    def commits_of(self, commit: str, path: str | None = None) -> Sequence[Commit]:
        """Return the commits that led to `commit` and changed the file, newest first."""

    def file_at(self, commit: str, path: str) -> bytes | None:
        """Return the bytes of a file in a commit, or None when it is not there."""

    def files_at(self, commit: str) -> Mapping[str, bytes]:
        """Return all content files of a commit."""


@dataclass(frozen=True, slots=True)
class BlockHashes:
    """The block hashes of procedures' parts as the content was at some time."""

    by_part: Mapping[tuple[str, str], frozenset[str]]
    """(procedure id, address) → hashes in all versions of the procedure."""

    def of(self, key: ReviewKey) -> frozenset[str]:
        """Return the hashes of a part; none when it was not there."""
        return self.by_part.get((key.procedure_id, key.address), frozenset())


class HashesBefore:
    """Tells the texts from before a change was marked; reads the repository, so not in a request's
    own thread."""

    def __init__(self, history: ContentHistory) -> None:
        self._history = history
        self._changes_in = lru_cache(_KEPT_REGISTERS)(self._read_changes)
        self._hashes_at = lru_cache(_KEPT_HASHES)(self._read_hashes)

    def of(
        self, short: str, change: RegulationChange, procedure_ids: frozenset[str]
    ) -> BlockHashes | None:
        """Return the texts of procedures from before the regulation `short` was marked with
        `change`; None when the content began with the mark."""
        commit = self._commit_before(short, change)
        return self._hashes_at(commit, procedure_ids) if commit else None

    def _commit_before(self, short: str, change: RegulationChange) -> str | None:
        first = None
        for commit in self._history.commits_of(self._history.published(), REGISTER_FILE):
            if _mark(short, change) not in self._changes_in(commit.id):
                break
            first = commit
        return first.parent if first else None

    def _read_changes(self, commit: str) -> frozenset[_Mark]:
        data = self._history.file_at(commit, REGISTER_FILE) or b""
        register = read_reference_data({REGISTER_FILE: data}).register
        return frozenset(
            _mark(short, change)
            for short, regulation in register.items()
            for change in regulation.changes
        )

    def _read_hashes(self, commit: str, procedure_ids: frozenset[str]) -> BlockHashes:
        hashes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for path, data in self._history.files_at(commit).items():
            if not is_procedure_path(path) or id_in_path(path) not in procedure_ids:
                continue
            procedure = parse_procedure_file(path, data).procedure
            for part in procedure.parts() if procedure else ():
                hashes[id_in_path(path), part.address].add(block_hash(part))
        return BlockHashes({place: frozenset(found) for place, found in hashes.items()})


def _mark(short: str, change: RegulationChange) -> _Mark:
    """Return what makes a change the same one: its note may be worded anew."""
    return short, change.on, change.articles
