"""Reads `## 合规提示`, `## 常见追问` and `## 升级与转办`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.content.condition import NOTHING
from kb.content.fault import FaultCollector
from kb.content.procedure import (
    NOTE_KINDS,
    ROUTE_KINDS,
    ROUTES,
    ComplianceNote,
    Escalation,
    FollowUp,
)
from kb.content.prose import parse_prose
from kb.content.reading.list_items import bulleted_items, require_anchor, split_kind
from kb.content.reading.section import Line, Section, split_attributes

_QUESTION = re.compile(r"^###\s+(\S.*)$")


def read_notes(section: Section | None, faults: FaultCollector) -> Iterator[ComplianceNote]:
    """Yield the compliance notes; one without law or practice behind it is a fault."""
    for item in bulleted_items(section, "合规提示", faults):
        found = split_kind(item, NOTE_KINDS, "note-unknown", "合规提示", faults)
        if found is None:
            continue
        kind, text = found
        text, attributes = split_attributes(text, item.line, faults)
        prose = parse_prose(text, item.line, faults)
        if not prose.citations and not prose.practices:
            faults.error(
                item.line,
                "note-without-authority",
                "这条合规提示没有依据。",
                "补上〔短名§条〕、〔公司规定〕或〔合同约定〕。",
            )
        anchor = require_anchor(attributes, item.line, "合规提示", faults)
        yield ComplianceNote(kind, anchor, prose, attributes.condition, item.line)


@dataclass(slots=True)
class _Question:
    """A `###` heading and the non-blank lines below it."""

    heading: Line
    answers: list[Line] = field(default_factory=list)


def read_follow_ups(section: Section | None, faults: FaultCollector) -> Iterator[FollowUp]:
    """Yield the follow-up questions, one paragraph a line."""
    questions: list[_Question] = []
    for line in section.lines if section else ():
        if _QUESTION.match(line.text):
            questions.append(_Question(line))
        elif line.text.strip() and questions:
            questions[-1].answers.append(line)
        elif line.text.strip():
            faults.error(
                line.number, "list-syntax", "这行不在任何追问下面。", "先写“### 问句 {#锚点}”。"
            )
    for question in questions:
        yield _read_follow_up(question, faults)


def _read_follow_up(question: _Question, faults: FaultCollector) -> FollowUp:
    line = question.heading.number
    heading = question.heading.text.removeprefix("###").strip()
    text, attributes = split_attributes(heading, line, faults)
    if not question.answers:
        faults.error(line, "follow-up-empty", "这个追问没有答句。", "在下面写答句。")
    return FollowUp(
        address=require_anchor(attributes, line, "追问", faults),
        question=text,
        answers=tuple(parse_prose(row.text, row.number, faults) for row in question.answers),
        condition=attributes.condition,
        line=line,
    )


def read_routes(section: Section | None, faults: FaultCollector) -> Iterator[Escalation]:
    """Yield the escalation routes, addressed by position."""
    for number, item in enumerate(bulleted_items(section, "升级与转办", faults), 1):
        found = split_kind(item, ROUTE_KINDS, "route-unknown", "升级与转办", faults)
        if found is None:
            continue
        kind, text = found
        text, attributes = split_attributes(text, item.line, faults, NOTHING)
        yield Escalation(
            kind=kind,
            address=f"{ROUTES}/{number}",
            text=parse_prose(text, item.line, faults),
            condition=attributes.condition,
            line=item.line,
        )
