"""Reads the header of a procedure file into typed fields."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date

from kb.content.fault import FaultCollector
from kb.content.procedure import Question, Scope
from kb.content.reading.header_fields import HeaderFields
from kb.content.reading.strict_yaml import YamlMap

MAX_TITLE_CHARS = 40
MAX_SUMMARY_CHARS = 125
MIN_SAYS = 6
_LONG_AGO = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Header:
    """The header's fields under the names that authors write."""

    id: str
    title: str
    category: str
    summary: str
    says: tuple[str, ...]
    keywords: tuple[str, ...]
    applies: Scope
    asks: tuple[Question, ...]
    owner: str
    effective_from: date
    effective_until: date | None
    replaced_by: str | None
    review_by: date
    related: tuple[str, ...]


HEADER_FIELDS = tuple(item.name for item in fields(Header))
SCOPE_FIELDS = tuple(item.name for item in fields(Scope))


def read_header(node: YamlMap, faults: FaultCollector) -> Header:
    """Return the header; missing or wrong fields become faults and get a harmless value."""
    reader = _HeaderReader(node, faults)
    reader.refuse_unknown(node, HEADER_FIELDS)
    return Header(
        id=reader.identifier(),
        title=reader.text("title", max_chars=MAX_TITLE_CHARS),
        category=reader.text("category"),
        summary=reader.text("summary", max_chars=MAX_SUMMARY_CHARS),
        says=reader.says(),
        keywords=reader.texts(node, "keywords"),
        applies=reader.scope(),
        asks=reader.questions(),
        owner=reader.text("owner"),
        effective_from=reader.day("effective_from", required=True) or _LONG_AGO,
        effective_until=reader.last_day(),
        replaced_by=reader.text("replaced_by", required=False) or None,
        review_by=reader.day("review_by", required=True) or _LONG_AGO,
        related=reader.texts(node, "related"),
    )


class _HeaderReader(HeaderFields):
    """Reads the fields that only procedures have."""

    def says(self) -> tuple[str, ...]:
        if "says" not in self.node.entries:
            self.missing("says")
            return ()
        says = self.texts(self.node, "says")
        line = self.node.key_lines["says"]
        if len(says) < MIN_SAYS:
            self.faults.error(
                line,
                "says-too-few",
                f"客户原话只有 {len(says)} 条，至少 {MIN_SAYS} 条。",
                f"再写 {MIN_SAYS - len(says)} 条客户真会说的话。",
            )
        self.refuse_repeated(says, line)
        return says

    def refuse_repeated(self, said: tuple[str, ...], line: int) -> None:
        for repeated in sorted(text for text, count in Counter(said).items() if count > 1):
            self.faults.error(
                line, "says-repeated", f"客户原话“{repeated}”重复。", "删去或换一种说法。"
            )

    def scope(self) -> Scope:
        node = self.node.entries.get("applies")
        if node is None:
            return Scope()
        if not isinstance(node, YamlMap):
            self.wrong(node.line, "“applies”应分项写。", "写成 {products: [...], regions: [...]}。")
            return Scope()
        self.refuse_unknown(node, SCOPE_FIELDS)
        return Scope(**{name: self.texts(node, name) for name in SCOPE_FIELDS})

    def questions(self) -> tuple[Question, ...]:
        node = self.node.entries.get("asks")
        if node is None:
            return ()
        if not isinstance(node, YamlMap):
            self.wrong(node.line, "“asks”应分项写。", "写成 {办理人: [本人, 代办]}。")
            return ()
        return tuple(self.question(node, key) for key in node.entries)

    def question(self, node: YamlMap, key: str) -> Question:
        values = self.texts(node, key)
        if len(set(values)) < 2:
            self.wrong(
                node.key_lines[key],
                f"“asks”里的“{key}”至少要有两个不同的答案。",
                "写成 键: [答案一, 答案二]。",
            )
        return Question(key, values, node.key_lines[key])

    def day(self, name: str, required: bool) -> date | None:
        text = self.text(name, required)
        if not text:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                raise ValueError
            return date.fromisoformat(text)
        except ValueError:
            self.wrong(
                self.node.key_lines[name],
                f"“{name}”的日期“{text}”无效。",
                "写成 2026-01-01 这样的日期。",
            )
            return None

    def last_day(self) -> date | None:
        until = self.day("effective_until", required=False)
        start = self.node.text("effective_from").strip()
        if until and until.isoformat() < start:
            self.wrong(
                self.node.key_lines["effective_until"],
                f"最后有效日 {until} 早于生效日 {start}。",
                "改正其中一个日期。",
            )
        return until
