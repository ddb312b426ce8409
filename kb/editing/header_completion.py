"""Completions in the header: its fields, the words of the vocabulary, ids of procedures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kb.content import HEADER_FIELDS, SCOPE_KEYS
from kb.editing.candidates import Candidate, Completion, choose
from kb.editing.cursor import Cursor
from kb.editing.surroundings import Surroundings

FIELD_NAMES = {
    "id": "编号",
    "title": "标题",
    "category": "分类",
    "summary": "摘要",
    "says": "客户原话",
    "keywords": "检索词",
    "applies": "适用范围",
    "asks": "先问客户的事",
    "owner": "负责部门",
    "effective_from": "生效日",
    "effective_until": "最后有效日",
    "replaced_by": "接替的规程",
    "review_by": "复审日",
    "related": "相关规程",
}
_ID_FIELDS = ("related", "replaced_by")
_NEW_FIELD = re.compile(r"[a-z_]*")
_IN_LINE = re.compile(r"(?:^|[\s{,])([a-z_]+):\s*\[?[^\[\]{}:]*$")
_LIST_ITEM = re.compile(r"\s*-\s")
_KEY_ALONE = re.compile(r"\s*([a-z_]+):\s*$")
_LAST_VALUE = re.compile(r"[^\s,:\[\]{}]*$")


def complete_header(cursor: Cursor, surroundings: Surroundings) -> Completion:
    """Return the candidates at a cursor in the header."""
    before = cursor.before
    if _NEW_FIELD.fullmatch(before):
        return choose(before, _missing_fields(cursor.other_lines), before)
    match = _LAST_VALUE.search(before)
    written = match[0] if match else ""
    return choose(written, _values(_field_at(cursor), surroundings), before)


def _missing_fields(lines: Iterable[str]) -> Iterator[Candidate]:
    written = {line.partition(":")[0] for line in lines}
    for field in HEADER_FIELDS:
        if field not in written:
            yield Candidate(field, FIELD_NAMES[field], f"{field}: ")


def _field_at(cursor: Cursor) -> str:
    """Return the field to which a value at the cursor belongs, or nothing."""
    if match := _IN_LINE.search(cursor.before):
        return match[1]
    if not _LIST_ITEM.match(cursor.before):
        return ""
    for line in reversed(cursor.above):
        if match := _KEY_ALONE.match(line):
            return match[1]
        if not _LIST_ITEM.match(line):
            break
    return ""


def _values(field: str, surroundings: Surroundings) -> Iterator[Candidate]:
    vocabulary = surroundings.reference.vocabulary
    if field == "category":
        words = vocabulary.categories
    elif field in SCOPE_KEYS:
        words = vocabulary.values(SCOPE_KEYS[field])
    elif field in _ID_FIELDS:
        yield from procedure_ids(surroundings)
        return
    else:
        return
    for word in words:
        yield Candidate(word, "", word)


def procedure_ids(surroundings: Surroundings) -> Iterator[Candidate]:
    """Yield each procedure once, by its id; the title of its last version explains it."""
    titles = {item.id: item.title for item in surroundings.targets.values() if item.id}
    for procedure_id, title in titles.items():
        yield Candidate(procedure_id, title, procedure_id)
