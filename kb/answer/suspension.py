"""紧急停用: what is suspended says only that it is, in every rendering.

The words are taken out of the procedure before anything renders it. Prohibitions stay: what must
not be said holds all the more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from kb.clock import SHANGHAI
from kb.content import Procedure, Prose, Step

WHOLE = ""
"""In the place of a step's address: the whole procedure."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """Why and since when something is not to be used."""

    reason: str
    since: datetime

    @property
    def wording(self) -> str:
        """What staff read in the place of the words."""
        since = self.since.astimezone(SHANGHAI)
        moment = f"{since.month}月{since.day}日 {since:%H:%M}"
        return f"暂停使用（{moment}起），请转二线。原因：{self.reason}"


SuspendedParts = Mapping[str, Suspended]
"""Address of a step, or `WHOLE`, → why; of one procedure."""
Suspensions = Mapping[str, SuspendedParts]
"""Procedure id → what of it is suspended."""

NOTHING_SUSPENDED: SuspendedParts = MappingProxyType({})


def without_suspended(procedure: Procedure, suspended: SuspendedParts) -> Procedure:
    """Return the procedure without the words that are suspended."""
    whole = suspended.get(WHOLE)
    if whole is None:
        steps = (_step(step, suspended.get(step.address)) for step in procedure.steps)
        return replace(procedure, steps=tuple(steps))
    steps = (_step(step, whole) for step in procedure.steps)
    return replace(
        procedure,
        summary=whole.wording,
        asks=(),
        steps=tuple(step for step in steps if step.blocks),
        materials=(),
        notes=tuple(note for note in procedure.notes if note.kind == "禁止"),
        deadlines=(),
        follow_ups=(),
    )


def _step(step: Step, suspended: Suspended | None) -> Step:
    if suspended is None:
        return step
    text = Prose(suspended.wording, step.line, (suspended.wording,))
    blocks = tuple(block for block in step.blocks if block.kind == "禁说")
    return replace(step, text=text, blocks=blocks)
