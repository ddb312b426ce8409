"""Confirms pins: somebody has looked, and the items hold for what the parts say now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from kb.content import (
    ContentFiles,
    ContentPack,
    ExamFile,
    ExamItem,
    ParsedExamFile,
    Pin,
    Procedure,
    Rubric,
    ScoringPoint,
    did_you_mean,
    exam_text,
    part_at,
    pin_hash,
    pinned_part,
    read_pack,
)
from kb.errors import ExamItemNotFound, QueryInvalid

Versions = Mapping[str, Procedure]
"""Procedure id → the version to confirm with."""


def confirmed_files(files: ContentFiles, item_ids: Collection[str], today: date) -> dict[str, str]:
    """Return path → new text of the exam files that hold these items, their pins confirmed.

    Of each procedure the version in force on `today` counts, or the next to come. Raises
    ExamItemNotFound, and QueryInvalid for an item whose file has faults or whose part is gone.
    """
    pack = read_pack(files)
    holders = _holders(pack)
    for item_id in item_ids:
        if item_id not in holders:
            hint = did_you_mean(item_id, holders)
            raise ExamItemNotFound(f"没有编号为“{item_id}”的题。{hint}")
    versions = _versions_on(pack, today)
    chosen = {holders[item_id].path: holders[item_id] for item_id in item_ids}
    return {
        path: exam_text(confirm_pins(_readable(exam), item_ids, versions))
        for path, exam in sorted(chosen.items())
    }


def confirm_pins(file: ExamFile, item_ids: Collection[str], versions: Versions) -> ExamFile:
    """Return the file with the pins of these items confirmed.

    A pin whose part was moved gets its new address. Raises QueryInvalid when a pin leads to no
    part: nothing can be confirmed there.
    """
    items = (_confirmed(item, versions) if item.id in item_ids else item for item in file.items)
    return replace(file, items=tuple(items))


def _holders(pack: ContentPack) -> dict[str, ParsedExamFile]:
    """Return item id → the file that holds it, broken ones as far as readable."""
    return {
        item.id: exam for exam in pack.exams if exam.draft is not None for item in exam.draft.items
    }


def _readable(exam: ParsedExamFile) -> ExamFile:
    if exam.file is None:
        # It is written anew: what could not be read would be lost.
        raise QueryInvalid(f"“{exam.path}”还有错误，先运行 kb check 改正，再确认。")
    return exam.file


def _versions_on(pack: ContentPack, today: date) -> dict[str, Procedure]:
    found: dict[str, Procedure] = {}
    for version in sorted(pack.procedures, key=lambda item: item.effective_from):
        if version.effective_from <= today or version.id not in found:
            found[version.id] = version
    return found


def _confirmed(item: ExamItem, versions: Versions) -> ExamItem:
    solution = item.solution
    if isinstance(solution, Rubric):
        points = (_confirmed_point(point, item, versions) for point in solution.scoring_points)
        solution = Rubric(tuple(points))
    pins = tuple(_confirmed_pin(pin, item, versions) for pin in item.pins)
    return replace(item, solution=solution, pins=pins)


def _confirmed_point(point: ScoringPoint, item: ExamItem, versions: Versions) -> ScoringPoint:
    return replace(point, pin=point.pin and _confirmed_pin(point.pin, item, versions))


def _confirmed_pin(pin: Pin, item: ExamItem, versions: Versions) -> Pin:
    procedure = versions.get(pin.procedure_id)
    part = None
    if procedure is not None:
        part = pinned_part(procedure, pin) or part_at(procedure, pin.address)
    if part is None:
        raise QueryInvalid(
            f"题“{item.id}”关联的“{pin.target}”现在没有这一条，不能确认。请先改这一题的关联。"
        )
    return replace(pin, address=part.address, block_hash=pin_hash(part))
