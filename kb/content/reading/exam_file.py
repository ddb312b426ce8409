"""Reads a file of exam items. Every fault of the file is reported, none raised.

What a single file can tell is checked here; what needs other files is in
`kb.content.check.exam_check`. Messages quote no words of an item: everybody may read the list of
faults, and the words may be those of an exam.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from kb.content.exam_item import BANKS, Bank, ExamFile, ExamItem, exam_path
from kb.content.fault import Fault, FaultCollector, choose_from
from kb.content.reading.exam_item import read_item
from kb.content.reading.exam_sections import ItemSection, split_items
from kb.content.reading.file_text import decode_content, split_header
from kb.content.reading.header_fields import HeaderFields
from kb.content.reading.strict_yaml import YamlMap

MAX_TITLE_CHARS = 40


@dataclass(frozen=True, slots=True)
class ParsedExamFile:
    """Items as far as they could be read, and the faults of their file."""

    path: str
    revision: str
    file: ExamFile | None
    """None when the file has any error: half a bank is never served."""
    draft: ExamFile | None
    """The items even when others have errors, for further checks; None when unreadable."""
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Header:
    """The header's fields under the names that authors write."""

    id: str
    title: str
    bank: Bank
    owner: str


EXAM_HEADER_FIELDS = tuple(item.name for item in fields(_Header))


def parse_exam_file(path: str, data: bytes) -> ParsedExamFile:
    """Return the items in the bytes `data` of the file at `path` (relative, posix)."""
    faults = FaultCollector(path)
    revision = hashlib.sha256(data).hexdigest()
    draft = _parse(path, data, revision, faults)
    is_broken = any(fault.severity == "error" for fault in faults.faults)
    return ParsedExamFile(path, revision, None if is_broken else draft, draft, tuple(faults.faults))


def _parse(path: str, data: bytes, revision: str, faults: FaultCollector) -> ExamFile | None:
    text = decode_content(data, faults)
    found = None if text is None else split_header(text, faults)
    if found is None:
        return None
    node, lines = found
    header = _read_header(path, node, faults)
    items = tuple(_read_items(split_items(lines, faults), faults))
    return ExamFile(header.id, header.title, header.bank, header.owner, items, path, revision)


def _read_items(sections: Iterable[ItemSection], faults: FaultCollector) -> Iterator[ExamItem]:
    first_lines: dict[str, int] = {}
    for section in sections:
        item = read_item(section, faults)
        if item is None:
            continue
        first = first_lines.setdefault(item.id, item.line)
        if first != item.line:
            message = f"编号“{item.id}”重复，第 {first} 行已经用过。"
            faults.error(item.line, "exam-id-repeated", message, "换一个没有用过的编号。")
        yield item


def _read_header(path: str, node: YamlMap, faults: FaultCollector) -> _Header:
    reader = HeaderFields(node, faults)
    reader.refuse_unknown(node, EXAM_HEADER_FIELDS)
    file_id = reader.identifier()
    if file_id and path != exam_path(file_id):
        faults.error(
            node.key_lines["id"],
            "id-file-name",
            f"文件的路径“{path}”与编号不符。",
            f"文件改成 {exam_path(file_id)}，或改编号。",
        )
    return _Header(
        id=file_id,
        title=reader.text("title", max_chars=MAX_TITLE_CHARS),
        bank=_read_bank(reader),
        owner=reader.text("owner"),
    )


def _read_bank(reader: HeaderFields) -> Bank:
    """Return the bank; 考试, which fewer people see, in the place of what cannot be read."""
    word = reader.text("bank")
    if word in BANKS:
        return BANKS[BANKS.index(word)]
    if word:
        fix = choose_from(word, BANKS)
        reader.wrong(reader.node.key_lines["bank"], f"没有“{word}”这种题库。", fix)
    return "考试"
