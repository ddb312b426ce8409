"""Damages to the header and to the file as a whole."""

from __future__ import annotations

import re
from datetime import date

from tests.kb.content.mutations.damage import (
    HEADER_LINE,
    Damage,
    Mutation,
    field_of,
    inserted,
    replaced,
    reported_at,
    reported_on,
)


def appended(row: str, line: int) -> Mutation:
    """Append `row` to the file; the fault is on `line`."""
    return lambda text: Damage(text + row, line)


def first_saying_twice(text: str) -> Damage | None:
    """Repeat the first of the customers' sayings."""
    return reported_at(replaced(r"^(says:\n)(  - .*\n)", r"\1\2\2"), "^says:")(text)


def few_sayings(text: str) -> Damage | None:
    """Keep two of the customers' sayings."""
    return reported_at(replaced(r"^(says:\n(?:  - .*\n){2})(?:  - .*\n)+", r"\1"), "^says:")(text)


def too_long(name: str, chars: int) -> Mutation:
    """Stretch a text field beyond its limit."""
    return replaced(rf"^{name}: .*$", f"{name}: {'字' * (chars + 1)}")


def second_file_of_the_day(text: str) -> Damage:
    """Put the same version into a second file, which bears the dated name."""
    line = text[: text.index("\nid: ")].count("\n") + 2
    procedure_id, start = field_of(text, "id"), field_of(text, "effective_from")
    folder = f"procedures/{field_of(text, 'category')}"
    return Damage(text, line, path=f"{folder}/{procedure_id}@{start}.md")


def version_before_the_end_of_the_earlier_one(text: str) -> Damage:
    """Let a version begin while the earlier one has not ended."""
    procedure_id, start = field_of(text, "id"), field_of(text, "effective_from")
    folder = f"procedures/{field_of(text, 'category')}"
    earlier = text.replace("\nreview_by:", "\neffective_until: 2027-12-31\nreview_by:")
    later = text.replace(f"effective_from: {start}", "effective_from: 2027-06-01")
    line = later[: later.index("\neffective_from: ")].count("\n") + 2
    return Damage(
        later,
        line,
        path=f"{folder}/{procedure_id}@2027-06-01.md",
        others={f"{folder}/{procedure_id}.md": earlier},
    )


def counted_deadline_in_an_unpublished_year(text: str) -> Damage | None:
    """Let the review date reach a year without holidays, and look at the file in that year."""
    section = text.find("\n## 时效\n")
    if section < 0 or not re.search(r"\| \d+ ?(小时|自然日|工作日|月|年)", text[section:]):
        return None
    damaged = re.sub(r"^review_by: .*$", "review_by: 2099-12-31", text, flags=re.MULTILINE)
    line = damaged.count("\n", 0, damaged.index("\n## 时效\n")) + 5
    return Damage(damaged, line, today=date(2098, 6, 1))


HEADER_MUTATIONS: dict[str, Mutation] = {
    "file-size": appended("字" * 87_382, 1),
    "encoding": replaced(r"^owner: ", "owner: \x07"),
    "encoding/bom": reported_on(replaced(r"\A", "\ufeff"), 1),
    "encoding/bytes": replaced(r"^summary: ", "summary: \udcff"),
    "header-missing": reported_on(replaced(r"^owner: .*\n", ""), HEADER_LINE),
    "header-missing/blank": reported_on(replaced(r"^title: .*$", "title:"), HEADER_LINE),
    "header-missing/fence": reported_on(replaced(r"\A---\n", ""), 1),
    "header-missing/end": reported_on(replaced(r"\n---\n## ", r"\n## "), 1),
    "header-unknown": replaced(r"^owner:", "onwer:"),
    "header-unknown/scope": replaced(r"^  (products|channels|regions):", r"  \g<1>x:"),
    "header-value": replaced(r"^review_by: .*$", "review_by: 2026-02-30"),
    "header-value/id": replaced(r"^id: ", "id: X-"),
    "header-value/text": replaced(r"^owner: (.*)$", r"owner: [\1]"),
    "header-value/list": replaced(r"^keywords: .*$", "keywords: 一个词"),
    "header-value/scope": replaced(r"^applies:\n(?:  .*\n)+", "applies: 全部\n"),
    "header-value/asks": replaced(r"^(  \S+): \[[^\]]*\]\n(?=  \S+: |owner:)", r"\1: [一个]\n"),
    "header-value/until": inserted("^effective_from:", "effective_until: 2000-01-01"),
    "title-too-long": too_long("title", 40),
    "summary-too-long": too_long("summary", 125),
    "says-too-few": few_sayings,
    "says-repeated": first_saying_twice,
    "id-file-name": replaced(r"^id: (.*)$", r"id: \1-x"),
    "id-repeated": second_file_of_the_day,
    "versions-overlap": version_before_the_end_of_the_earlier_one,
    "category-folder": replaced(r"^category: (?!保全$).*$", "category: 保全"),
    "category-unknown": replaced(r"^category: .*$", "category: 退保解约类"),
    "scope-unknown": reported_at(
        replaced(r"^  (products|channels|regions): \[", r"  \1: [火星, "), "^applies:"
    ),
    "asks-key": inserted(
        "^asks:", "  来电人: [投保人, 被保险人, 受益人, 代办人, 监护人, 其他机构]"
    ),
    "yaml-alias": replaced(r"^owner: ", "owner: &team "),
    "yaml-alias/use": replaced(r"^owner: .*$", "owner: *team"),
    "yaml-tag": replaced(r"^owner: ", "owner: !!str "),
    "yaml-duplicate-key": inserted("^owner:", "owner: 另一个部门"),
    "yaml-depth": replaced(r"^owner: .*$", f"owner: {'[' * 9}{']' * 9}"),
    "yaml-syntax": replaced(r"^title: ", "title: 标题: "),
    "yaml-syntax/quote": replaced(r"^title: (.*)$", r'title: "\1" 又'),
    "yaml-syntax/tab": reported_at(replaced(r"^owner: .*$", "owner: 甲\n\towner: 乙"), "^\t"),
    "review-passed": replaced(r"^review_by: .*$", "review_by: 2026-07-31"),
    "calendar-year-missing": counted_deadline_in_an_unpublished_year,
}
