"""Finds which procedures and parts a change set touches, and what links to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kb.changes.guarded_parts import is_guarded
from kb.changes.impact import Touch, TouchedPart, TouchedProcedure
from kb.content import (
    DESK_FILE,
    Block,
    ComplianceNote,
    ContentPack,
    Deadline,
    Escalation,
    FollowUp,
    Link,
    Material,
    Part,
    Procedure,
    block_hash,
    links_of,
)

_Version = tuple[str, date]
"""Procedure id, effective_from."""

Places = Mapping[tuple[str, str], tuple[str, ...]]
"""Procedure id and anchor (empty: the procedure as a whole) → `file:line` of what links there."""


@dataclass(frozen=True, slots=True)
class VersionPair:
    """A version of a procedure that differs before and after."""

    procedure: Procedure
    """As it will be; as it was when it is to be deleted."""
    touch: Touch
    basis: Procedure | None
    """What it is compared with: as it was, or for a new version the one before it."""

    @property
    def new(self) -> Procedure | None:
        """As it will be; None when it is to be deleted."""
        return None if self.touch is Touch.REMOVED else self.procedure


def changed_versions(before: ContentPack, after: ContentPack) -> Iterator[VersionPair]:
    """Yield the versions whose bytes differ, by id and date; broken ones as far as readable."""
    was, will_be = _versions(before), _versions(after)
    for key in sorted(was.keys() | will_be.keys()):
        old, new = was.get(key), will_be.get(key)
        if new is None:
            yield VersionPair(was[key], Touch.REMOVED, was[key])
        elif old is None:
            yield VersionPair(new, Touch.ADDED, _predecessor(key, was | will_be))
        elif old.revision != new.revision:
            is_retired = new.effective_until and not old.effective_until
            yield VersionPair(new, Touch.RETIRED if is_retired else Touch.CHANGED, old)


def linking_places(pack: ContentPack) -> Places:
    """Return what links to what: links in procedures, related ones, phrases, explanations."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)

    def add(link: Link, file: str, line: int) -> None:
        places[link.procedure_id, link.anchor or ""].append(f"{file}:{line}")

    for procedure in _versions(pack).values():
        for link, line in links_of(procedure):
            add(link, procedure.path, line)
    for source in pack.reference.desk.phrases:
        add(source.link, DESK_FILE, source.line)
    for file in pack.exam_files:
        for item in file.items:
            for link in item.explanation.links:
                add(link, file.path, item.explanation.line)
    return {target: tuple(sorted(set(found))) for target, found in places.items()}


def touched_procedure(pair: VersionPair, places: Places) -> TouchedProcedure:
    """Return what happens to the version as a whole."""
    procedure = pair.procedure
    return TouchedProcedure(
        id=procedure.id,
        title=procedure.title,
        path=procedure.path,
        effective_from=procedure.effective_from.isoformat(),
        touch=pair.touch,
        linked_from=places.get((procedure.id, ""), ()),
    )


def touched_parts(pair: VersionPair, places: Places) -> Iterator[TouchedPart]:
    """Yield the parts that are gone, then those that are new or changed, in reading order."""
    was, will_be = _parts(pair.basis), _parts(pair.new)
    gone = [(part, Touch.REMOVED) for address, part in was.items() if address not in will_be]
    others = [
        (part, Touch.CHANGED if address in was else Touch.ADDED)
        for address, part in will_be.items()
        if address not in was or block_hash(part) != block_hash(was[address])
    ]
    procedure_id = pair.procedure.id
    for part, touch in (*gone, *others):
        yield TouchedPart(
            procedure_id=procedure_id,
            address=part.address,
            label=label_of(part),
            touch=touch,
            is_guarded=is_guarded(part),
            linked_from=places.get((procedure_id, part.address), ()),
        )


def label_of(part: Part) -> str:
    """Return what staff call a part of this kind."""
    match part:
        case Block() | Escalation():
            return part.kind
        case ComplianceNote():
            return f"合规提示·{part.kind}"
        case Material():
            return "材料"
        case Deadline():
            return "时效"
        case FollowUp():
            return "追问"
        case _:
            return "步骤"


def _versions(pack: ContentPack) -> dict[_Version, Procedure]:
    drafts = [file.draft for file in pack.files if file.draft is not None]
    return {(draft.id, draft.effective_from): draft for draft in drafts}


def _predecessor(key: _Version, versions: Mapping[_Version, Procedure]) -> Procedure | None:
    earlier = [other for other in versions if other[0] == key[0] and other < key]
    return versions[max(earlier)] if earlier else None


def _parts(procedure: Procedure | None) -> dict[str, Part]:
    return {part.address: part for part in procedure.parts()} if procedure else {}
