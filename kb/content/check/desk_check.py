"""Checks that every fixed phrase of the desk finds its words, today and in versions to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kb.content.check.references import Anchors, check_link
from kb.content.desk import DESK_FILE, PhraseSource, find_phrase
from kb.content.fault import Fault, FaultCollector
from kb.content.pack import ContentPack
from kb.content.procedure import Procedure


def check_desk(pack: ContentPack, anchors: Anchors, today: date) -> list[Fault]:
    """Return a fault for each phrase that leads nowhere, or to a step without words for it."""
    faults = FaultCollector(DESK_FILE)
    for source in pack.reference.desk.phrases:
        if check_link(source.link, source.line, anchors, faults):
            for version in _versions_from(today, pack, source.link.procedure_id):
                _check_wording(source, version, faults)
    return faults.faults


def _versions_from(today: date, pack: ContentPack, procedure_id: str) -> Iterator[Procedure]:
    """Yield the versions of today and later; earlier ones are history, which nobody rewrites."""
    drafts = [file.draft for file in pack.files if file.draft and file.draft.id == procedure_id]
    begun = (draft.effective_from for draft in drafts if draft.effective_from <= today)
    current = max(begun, default=today)
    return (draft for draft in drafts if draft.effective_from >= current)


def _check_wording(source: PhraseSource, version: Procedure, faults: FaultCollector) -> None:
    if find_phrase(source, version) is None:
        faults.error(
            source.line,
            "phrase-without-words",
            f"规程“{version.id}”（{version.effective_from} 起）的“#{source.link.anchor}”"
            f"没有“{source.link.label}”可用的话术。",
            "指到一个步骤：步骤和其中一条话术都不带条件，步骤不标需核身。",
        )
