"""Cuts the body of a procedure into its sections, and a section into rows.

Here is only the shape of the markdown; what the rows mean is read in `kb.content.reading.parser`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.content.condition import (
    ANCHOR,
    NO_ATTRIBUTES,
    Allowed,
    Attributes,
    parse_attributes,
)
from kb.content.fault import FaultCollector, choose_from
from kb.content.procedure import SECTIONS

_CELL_BORDER = re.compile(r"(?<!\\)\|")
_TABLE_RULE = re.compile(r"^\|(\s*:?-+:?\s*\|)+\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file with its 1-based number."""

    number: int
    text: str


@dataclass(slots=True)
class Section:
    """A `##` heading and the lines below it, blank ones included."""

    name: str
    line: int
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: its cells, stripped, and its line."""

    cells: tuple[str, ...]
    line: int


def split_sections(lines: list[Line], faults: FaultCollector) -> dict[str, Section]:
    """Return the sections by name; unknown or repeated ones and stray text become faults."""
    sections: dict[str, Section] = {}
    current: Section | None = None
    for line in lines:
        if line.text.startswith("## "):
            current = Section(line.text.removeprefix("##").strip(), line.number)
            _admit(current, sections, faults)
        elif current is not None:
            current.lines.append(line)
        elif line.text.strip():
            faults.error(
                line.number,
                "text-outside-section",
                "这行文字不在任何一节里。",
                "移到某个“## 节名”下面。",
            )
    return sections


def _admit(section: Section, sections: dict[str, Section], faults: FaultCollector) -> None:
    if section.name not in SECTIONS:
        faults.error(
            section.line,
            "section-unknown",
            f"没有“{section.name}”这一节。",
            choose_from(section.name, SECTIONS),
        )
    elif section.name in sections:
        first = sections[section.name].line
        faults.error(
            section.line,
            "section-repeated",
            f"“{section.name}”重复，第 {first} 行已经写过。",
            "合并成一节。",
        )
    else:
        sections[section.name] = section


def split_attributes(
    text: str, line: int, faults: FaultCollector, allowed: Allowed = ANCHOR
) -> tuple[str, Attributes]:
    """Return the text without its trailing braces, and what the braces say."""
    text, attributes = text.strip(), NO_ATTRIBUTES
    if text.endswith("}") and (start := text.rfind("{")) >= 0:
        attributes = parse_attributes(text[start + 1 : -1], line, faults, allowed)
        text = text[:start].strip()
    if "{" in text or "}" in text:
        faults.error(
            line,
            "condition-syntax",
            "花括号要成对，并且只能放在行末。",
            "把条件和锚点合并成一组，放到这一行的最后，如 {#anchor 办理人=代办}。",
        )
    if not text:
        faults.error(line, "text-missing", "这一行只有花括号，没有文字。", "写上内容。")
    return text, attributes


def table_rows(
    section: Section, columns: tuple[str, ...], optional: int, faults: FaultCollector
) -> Iterator[Row]:
    """Yield the rows of the section's table, each padded to `columns`.

    The last `optional` columns may be left out. A wrong heading or cell count is a fault.
    """
    lines = [line for line in section.lines if line.text.strip()]
    if not lines or not _check_table_head(lines, columns, optional, faults):
        return
    width = len(_cells(lines[0].text))
    for line in lines[2:]:
        cells = _cells(line.text)
        if not line.text.lstrip().startswith("|") or len(cells) != width or not cells[0]:
            faults.error(
                line.number,
                "table-row",
                f"表格行应有 {width} 格且第一格不空，这里有 {len(cells)} 格。",
                "每格用 | 隔开，行首行尾也写 |；格内的竖线写成 \\|。",
            )
            continue
        yield Row(cells + ("",) * (len(columns) - width), line.number)


def _check_table_head(
    lines: list[Line], columns: tuple[str, ...], optional: int, faults: FaultCollector
) -> bool:
    found = _cells(lines[0].text)
    allowed = {columns[:width] for width in range(len(columns) - optional, len(columns) + 1)}
    if found in allowed and len(lines) > 1 and _TABLE_RULE.match(lines[1].text.strip()):
        return True
    faults.error(
        lines[0].number,
        "table-head",
        "表头不对。",
        f"第一行写 | {' | '.join(columns[: len(columns) - optional])} |，"
        f"第二行写 {'|---' * (len(columns) - optional)}|。",
    )
    return False


def _cells(text: str) -> tuple[str, ...]:
    inner = text.strip().removeprefix("|")
    cells = [cell.strip().replace("\\|", "|") for cell in _CELL_BORDER.split(inner)]
    return tuple(cells[:-1] if cells and not cells[-1] else cells)
