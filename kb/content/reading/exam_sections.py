"""Cuts the body of an exam file into items, and an item into its stem and its fields.

Here is only the shape of the markdown; what the fields mean is read in
`kb.content.reading.exam_item`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kb.content.fault import FaultCollector, did_you_mean
from kb.content.reading.section import Line

CONTEXT, ANSWER, SCORING, EXPLANATION, TOPICS, PIN, SOURCE = FIELDS = (
    "背景",
    "答案",
    "采分点",
    "解析",
    "主题",
    "关联",
    "来源",
)
REPEATABLE = (ANSWER, SCORING, PIN)
_FIELD = re.compile(r"^[-*]\s+([^:：\s]{1,8})[:：]\s*(.*)$")
_LETTER = re.compile(r"[A-Z]")
_ESCAPED = re.compile(r"^\\(?=[-*#\\])")


@dataclass(slots=True)
class Field:
    """A line `- 词: 内容` with the indented lines below it."""

    name: str
    """One of `FIELDS`, or the letter of an option."""
    suffix: str
    """What stands behind `·` in the name."""
    text: str
    line: int


@dataclass(slots=True)
class ItemSection:
    """A `##` heading with the stem and the fields below it."""

    heading: str
    line: int
    stem: list[str] = field(default_factory=list)
    """Its lines, blank ones as empty texts."""
    fields: list[Field] = field(default_factory=list)

    def named(self, name: str) -> list[Field]:
        """Return the fields of a name, in order."""
        return [item for item in self.fields if item.name == name]

    def text(self, name: str) -> str:
        """Return the text of the only field of a name, empty without one."""
        return next((item.text for item in self.named(name)), "")

    def line_of(self, name: str) -> int:
        """Return the line of the first field of a name, or that of the heading."""
        return next((item.line for item in self.named(name)), self.line)

    @property
    def options(self) -> list[Field]:
        """The options, in order."""
        return [item for item in self.fields if _LETTER.fullmatch(item.name)]

    @property
    def stem_text(self) -> str:
        """The stem, its paragraphs separated by an empty line."""
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.stem)).strip("\n")


def split_items(lines: Iterable[Line], faults: FaultCollector) -> list[ItemSection]:
    """Return the items; lines that belong to none of them become faults."""
    items: list[ItemSection] = []
    for line in lines:
        if line.text.startswith("## "):
            items.append(ItemSection(line.text.removeprefix("##").strip(), line.number))
        elif items:
            _add_line(items[-1], line, faults)
        elif line.text.strip():
            faults.error(
                line.number,
                "text-outside-section",
                "这行文字不在任何一题里。",
                "移到某个“## 题型 {#编号 分值=2 难度=中}”下面。",
            )
    return items


def _add_line(item: ItemSection, line: Line, faults: FaultCollector) -> None:
    text = line.text.strip()
    if line.text.startswith(("- ", "* ")):
        item.fields += _read_field(line, faults)
    elif item.fields and text and line.text.startswith("  "):
        item.fields[-1].text = f"{item.fields[-1].text}\n{text}".strip()
    elif item.fields and text:
        faults.error(
            line.number,
            "exam-field",
            "这行在各项后面，不知道属于哪一项。",
            "题干写在各项前面；接着上一行写的，行首缩进两格。",
        )
    elif not item.fields:
        item.stem.append(_ESCAPED.sub("", text))


def _read_field(line: Line, faults: FaultCollector) -> Iterator[Field]:
    match = _FIELD.match(line.text)
    name, _, suffix = match[1].partition("·") if match else ("", "", "")
    is_known = name in FIELDS or _LETTER.fullmatch(name)
    if match and is_known and (not suffix or name == SCORING):
        yield Field(name, suffix, match[2].strip(), line.number)
        return
    # The words are not quoted: they may be those of an exam.
    faults.error(
        line.number,
        "exam-field",
        "这行不是题目的一项。",
        f"选项写成“- A: ……”，其余写成“- 词: ……”，词是{'、'.join(FIELDS)}之一；"
        f"题干里以 - 开头的行，前面加 \\。{did_you_mean(name, FIELDS)}",
    )


def refuse_repeated(item: ItemSection, faults: FaultCollector) -> None:
    """Record every field that is written twice and may not be."""
    names: set[str] = set()
    for found in item.fields:
        if found.name in FIELDS and found.name not in REPEATABLE and found.name in names:
            faults.error(found.line, "exam-field", f"“{found.name}”写了两次。", "合并成一项。")
        names.add(found.name)
