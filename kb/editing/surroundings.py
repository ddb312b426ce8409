"""The content around a file that is edited: what it may refer to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.content import (
    ComplianceNote,
    ContentFiles,
    FollowUp,
    Part,
    ReferenceData,
    Step,
    is_exam_path,
    is_procedure_path,
    parse_procedure_file,
    read_reference_data,
)

_MAX_WORDS = 30


@dataclass(frozen=True, slots=True)
class Target:
    """One version of a procedure, as far as others may refer to it."""

    path: str
    digest: str
    """sha256 of the file's bytes, in hexadecimal."""
    id: str
    """Empty when the file cannot be read."""
    title: str
    anchors: Mapping[str, str]
    """Anchor → the words that stand there, cut to 30 characters; in reading order."""
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that an edited file may refer to, read once for a state of the content."""

    reference: ReferenceData
    targets: Mapping[str, Target]
    """Path → the version in that file; versions of one procedure stand beside each other."""
    exam_paths: frozenset[str]

    def versions(self, procedure_id: str) -> list[Target]:
        """Return the versions of a procedure in the order of their paths."""
        return [target for target in self.targets.values() if target.id == procedure_id]

    def addresses(self, without: str) -> dict[str, frozenset[str]]:
        """Return procedure id → the addresses of its versions; the file at `without` left out."""
        found: dict[str, frozenset[str]] = {}
        for target in self.targets.values():
            if target.id and target.path != without:
                found[target.id] = found.get(target.id, frozenset()) | target.addresses
        return found


def read_surroundings(files: ContentFiles, earlier: Surroundings | None = None) -> Surroundings:
    """Return the surroundings that `files` make; what is as in `earlier` is not read again.

    Lay the other files of a change set over the published ones: they may refer to each other.
    """
    known = earlier.targets if earlier else {}
    paths = sorted(path for path in files if is_procedure_path(path))
    return Surroundings(
        reference=read_reference_data(files),
        targets={path: _target(path, files[path], known.get(path)) for path in paths},
        exam_paths=frozenset(filter(is_exam_path, files)),
    )


def _target(path: str, data: bytes, known: Target | None) -> Target:
    digest = hashlib.sha256(data).hexdigest()
    if known and known.digest == digest:
        return known
    draft = parse_procedure_file(path, data).draft
    if draft is None:
        return Target(path, digest, "", "", {}, frozenset())
    parts = tuple(draft.parts())
    addresses = frozenset(part.address for part in parts)
    return Target(path, digest, draft.id, draft.title, anchors_in(parts), addresses)


def anchors_in(parts: Iterable[Part]) -> dict[str, str]:
    """Return anchor → the words that stand there, of the parts that have an anchor."""
    return dict(_anchors(parts))


def _anchors(parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if isinstance(part, Step | ComplianceNote):
            yield part.address, part.text.plain[:_MAX_WORDS]
        elif isinstance(part, FollowUp):
            yield part.address, part.question[:_MAX_WORDS]
