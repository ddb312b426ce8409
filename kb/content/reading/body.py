"""Reads all sections of a procedure and checks what they must have together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.content.fault import FaultCollector
from kb.content.procedure import (
    DEADLINES,
    FOLLOW_UPS,
    MATERIALS,
    NOTES,
    ROUTES,
    STEPS,
    ComplianceNote,
    Deadline,
    Escalation,
    FollowUp,
    Material,
    Part,
    Step,
)
from kb.content.reading.remarks import read_follow_ups, read_notes, read_routes
from kb.content.reading.section import Section
from kb.content.reading.steps import read_steps
from kb.content.reading.tables import read_deadlines, read_materials


@dataclass(frozen=True, slots=True)
class Body:
    """The parts of a procedure, section by section."""

    steps: tuple[Step, ...]
    materials: tuple[Material, ...]
    notes: tuple[ComplianceNote, ...]
    deadlines: tuple[Deadline, ...]
    follow_ups: tuple[FollowUp, ...]
    routes: tuple[Escalation, ...]


def read_body(sections: dict[str, Section], faults: FaultCollector) -> Body:
    """Return the parts found in `sections`; what is missing or malformed becomes a fault."""
    body = Body(
        steps=tuple(read_steps(sections.get(STEPS), faults)),
        materials=tuple(read_materials(sections.get(MATERIALS), faults)),
        notes=tuple(read_notes(sections.get(NOTES), faults)),
        deadlines=tuple(read_deadlines(sections.get(DEADLINES), faults)),
        follow_ups=tuple(read_follow_ups(sections.get(FOLLOW_UPS), faults)),
        routes=tuple(read_routes(sections.get(ROUTES), faults)),
    )
    _require(sections, STEPS, body.steps, "steps-missing", "1. …… {#verify}", faults)
    _require(sections, NOTES, body.notes, "notes-missing", "- 必须: ……〔公司规定〕 {#note}", faults)
    _check_addresses(body, faults)
    return body


def _require(
    sections: dict[str, Section],
    name: str,
    parts: tuple[object, ...],
    code: str,
    example: str,
    faults: FaultCollector,
) -> None:
    if parts:
        return
    line = sections[name].line if name in sections else 1
    faults.error(line, code, f"没有“{name}”的内容。", f"写“## {name}”，下面写“{example}”。")


def _addresses(body: Body) -> Iterator[tuple[str, int]]:
    for step in body.steps:
        yield step.address, step.line
    parts: tuple[Part, ...] = (*body.notes, *body.follow_ups, *body.materials, *body.deadlines)
    for part in parts:
        yield part.address, part.line


def _check_addresses(body: Body, faults: FaultCollector) -> None:
    first_lines: dict[str, int] = {}
    for address, line in _addresses(body):
        if address and first_lines.setdefault(address, line) != line:
            faults.error(
                line,
                "anchor-repeated",
                f"“{address}”重复，第 {first_lines[address]} 行已经用过。",
                "换一个锚点；表格的第一格也不能重复。",
            )
