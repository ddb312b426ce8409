"""Completions in the body: kinds, sections, conditions, citations, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kb.content import (
    BLOCK_KINDS,
    CALL_KEYS,
    NOTE_KINDS,
    PRACTICES,
    ROUTE_KINDS,
    SECTIONS,
    VERIFY_FIRST,
    Procedure,
    Regulation,
)
from kb.editing.candidates import NOTHING_KNOWN, Candidate, Completion, choose
from kb.editing.cursor import Cursor
from kb.editing.header_completion import procedure_ids
from kb.editing.surroundings import Surroundings, anchors_in

_STEPS, _MATERIALS, _NOTES, _DEADLINES, _, _ROUTES = SECTIONS
_CITATION = re.compile(r"〔([^〔〕]*)$")
_PARAGRAPH = re.compile(r"([^§]+)§([\d.]+)第\d*$")
_LINK_TARGET = re.compile(r"\]\(([a-z0-9-]*)(?:#([a-z0-9-]*))?$")
_LINK_LABEL = re.compile(r"\[([^\[\]]*)$")
_BRACES = re.compile(r"\{[^{}]*$")
_CLAUSE = re.compile(r"([^\s{}|=]+)=(?:[^\s{}|]*\|)*([^\s{}|]*)$")
_LAST_WORD = re.compile(r"[^\s{}|]*$")
_HEADING = re.compile(r"## ?(.*)$")
_KIND = re.compile(r"(\s*)[-*]\s*([^\s:：]*)$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_CONDITION_CELLS = {_MATERIALS: 2, _DEADLINES: 5}
"""Section → the cell of its table, from 1, in which a condition stands."""


def complete_body(
    cursor: Cursor, draft: Procedure | None, surroundings: Surroundings
) -> Completion:
    """Return the candidates at a cursor in the body.

    `draft` is the procedure as far as it can be read: it asks questions, has anchors and a day.
    """
    before = cursor.before
    section = next((name for name in map(_section_name, reversed(cursor.above)) if name), "")
    if match := _HEADING.match(before):
        return choose(match[1], _missing_sections(cursor.other_lines), before)
    if match := _CITATION.search(before):
        return _complete_citation(match[1], before, draft, surroundings)
    if match := _LINK_TARGET.search(before):
        return _complete_target(match, before, draft, surroundings)
    if _BRACES.search(before) or _is_condition_cell(section, before):
        return _complete_condition(section, before, draft, surroundings)
    if match := _LINK_LABEL.search(before):
        return choose(match[1], _links(surroundings), before)
    if match := _KIND.match(before):
        return choose(match[2], _kinds(section, is_indented=bool(match[1])), before)
    return NOTHING_KNOWN


def _section_name(line: str) -> str:
    return line.removeprefix("## ").strip() if line.startswith("## ") else ""


def _missing_sections(lines: Iterable[str]) -> Iterator[Candidate]:
    written = {_section_name(line) for line in lines}
    for name in SECTIONS:
        if name not in written:
            yield Candidate(name, "", f"{name}\n")


def _kinds(section: str, is_indented: bool) -> Iterator[Candidate]:
    kinds: dict[str, Iterable[str]] = {_NOTES: NOTE_KINDS, _ROUTES: ROUTE_KINDS}
    if is_indented:
        kinds = {_STEPS: BLOCK_KINDS}
    for kind in kinds.get(section, ()):
        yield Candidate(kind, "", f"{kind}: ")


def _complete_citation(
    written: str, before: str, draft: Procedure | None, surroundings: Surroundings
) -> Completion:
    register = surroundings.reference.register
    if match := _PARAGRAPH.match(written):
        regulation = register.get(match[1])
        known = _paragraphs(regulation, match[1], match[2]) if regulation else iter(())
    elif regulation := register.get(written.partition("§")[0]) if "§" in written else None:
        known = _articles(regulation)
    else:
        known = _authorities(register.values(), draft)
    return choose(written, known, before)


def _authorities(regulations: Iterable[Regulation], draft: Procedure | None) -> Iterator[Candidate]:
    """Yield what is in force when the version takes effect, then the practice marks."""
    for regulation in regulations:
        if draft is None or regulation.version_on(draft.effective_from):
            yield Candidate(regulation.short, regulation.title, f"{regulation.short}§")
    for practice in PRACTICES:
        yield Candidate(practice, "", f"{practice}〕")


def _articles(regulation: Regulation) -> Iterator[Candidate]:
    for article in regulation.articles.values():
        label = f"{regulation.short}§{article.key}"
        yield Candidate(label, article.note, f"{label}〕")


def _paragraphs(regulation: Regulation, law: str, key: str) -> Iterator[Candidate]:
    article = regulation.articles.get(key)
    for number in range(1, article.paragraphs + 1 if article else 1):
        label = f"{law}§{key}第{number}款"
        yield Candidate(label, "", f"{label}〕")


def _complete_target(
    match: re.Match[str], before: str, draft: Procedure | None, surroundings: Surroundings
) -> Completion:
    procedure_id, anchor = match[1], match[2]
    if anchor is None:
        return choose(procedure_id, procedure_ids(surroundings), before)
    return choose(anchor, _anchors(procedure_id, draft, surroundings), before)


def _anchors(
    procedure_id: str, draft: Procedure | None, surroundings: Surroundings
) -> Iterator[Candidate]:
    anchors: dict[str, str] = {}
    for version in surroundings.versions(procedure_id):
        anchors |= version.anchors
    if draft is not None and draft.id == procedure_id:
        anchors |= anchors_in(draft.parts())
    for anchor, words in anchors.items():
        if anchor:
            yield Candidate(anchor, words, f"{anchor})")


def _links(surroundings: Surroundings) -> Iterator[Candidate]:
    for item in procedure_ids(surroundings):
        yield Candidate(item.detail, item.label, f"{item.detail}]({item.label})")


def _is_condition_cell(section: str, before: str) -> bool:
    cell = _CONDITION_CELLS.get(section)
    return before.startswith("|") and len(_CELL_BORDER.findall(before)) == cell


def _complete_condition(
    section: str, before: str, draft: Procedure | None, surroundings: Surroundings
) -> Completion:
    vocabulary = surroundings.reference.vocabulary
    asked = {question.key: question.values for question in draft.asks} if draft else {}
    if match := _CLAUSE.search(before):
        values = asked.get(match[1]) or vocabulary.values(match[1])
        return choose(match[2], (Candidate(value, match[1], value) for value in values), before)
    last = _LAST_WORD.search(before)
    return choose(last[0] if last else "", _condition_keys(asked, section, before), before)


def _condition_keys(asked: Iterable[str], section: str, before: str) -> Iterator[Candidate]:
    for key in asked:
        yield Candidate(key, "本规程先问", f"{key}=")
    for key in CALL_KEYS:
        yield Candidate(key, "通话信息", f"{key}=")
    is_step = section == _STEPS and before[:1].isdecimal()
    if is_step:
        yield Candidate(VERIFY_FIRST, "核身前不显示", VERIFY_FIRST)
