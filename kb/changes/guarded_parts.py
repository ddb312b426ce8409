"""The parts that only 合规 may let pass: 必说, 禁说 and 合规提示.

They are compared by what they say and when they apply (`block_hash`), together with the guard of
their step: moving a part within its procedure changes nothing, moving it to another does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kb.changes.change_set import ChangedFile
from kb.content import (
    Block,
    ComplianceNote,
    Part,
    Procedure,
    block_hash,
    is_procedure_path,
    parse_procedure_file,
)

_BLOCK_KINDS = ("必说", "禁说")

_Guarded = tuple[str, str, str, bool]
"""Procedure id, hash of the part, condition of its step, whether the step waits for 核身."""


def changes_guarded_parts(files: Iterable[ChangedFile]) -> bool:
    """Return whether `files` add, remove or change a part that 合规 has to see."""
    before: Counter[_Guarded] = Counter()
    after: Counter[_Guarded] = Counter()
    for file in files:
        if is_procedure_path(file.path):
            before.update(_guarded_in(file.path, file.base))
            after.update(_guarded_in(file.path, file.content))
    return before != after


def is_guarded(part: Part) -> bool:
    """Return whether 合规 has to see a change of the part."""
    if isinstance(part, Block):
        return part.kind in _BLOCK_KINDS
    return isinstance(part, ComplianceNote)


def _guarded_in(path: str, text: str | None) -> Iterator[_Guarded]:
    if text is None:
        return
    # What cannot be read was never served; what comes in its place counts as new.
    procedure = parse_procedure_file(path, text.encode()).draft
    if procedure is not None:
        yield from _guarded_parts(procedure)


def _guarded_parts(procedure: Procedure) -> Iterator[_Guarded]:
    for step in procedure.steps:
        for block in filter(is_guarded, step.blocks):
            yield procedure.id, block_hash(block), str(step.condition), step.needs_verification
    for note in procedure.notes:
        yield procedure.id, block_hash(note), "", False
