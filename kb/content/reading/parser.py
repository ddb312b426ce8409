"""Reads a procedure file into a Procedure. Every fault of the file is reported, none raised.

What a single file can tell is checked here; what needs other files is in `kb.content.check`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from kb.content.fault import Fault, FaultCollector
from kb.content.procedure import Procedure
from kb.content.reading.body import Body, read_body
from kb.content.reading.file_text import decode_content, split_header
from kb.content.reading.header import Header, read_header
from kb.content.reading.section import split_sections
from kb.content.reading.strict_yaml import YamlMap


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A procedure as far as it could be read, and the faults of its file."""

    path: str
    revision: str
    procedure: Procedure | None
    """None when the file has any error: a half-read procedure is never served."""
    draft: Procedure | None
    """The procedure even when it has errors, for further checks; None when unreadable."""
    faults: tuple[Fault, ...]


def parse_procedure_file(path: str, data: bytes) -> ParsedFile:
    """Return the procedure in the bytes `data` of the file at `path` (relative, posix)."""
    faults = FaultCollector(path)
    revision = hashlib.sha256(data).hexdigest()
    draft = _parse(path, data, revision, faults)
    broken = any(fault.severity == "error" for fault in faults.faults)
    return ParsedFile(path, revision, None if broken else draft, draft, tuple(faults.faults))


def _parse(path: str, data: bytes, revision: str, faults: FaultCollector) -> Procedure | None:
    text = decode_content(data, faults)
    if text is None:
        return None
    found = split_header(text, faults)
    if found is None:
        return None
    node, lines = found
    header = read_header(node, faults)
    body = read_body(split_sections(lines, faults), faults)
    _check_file_name(path, header, node, faults)
    return _procedure(path, revision, header, node, body)


def expected_file_names(procedure_id: str, effective_from: str) -> tuple[str, str]:
    """Return the names a version may have: the plain one and the dated one."""
    return f"{procedure_id}.md", f"{procedure_id}@{effective_from}.md"


def _check_file_name(path: str, header: Header, node: YamlMap, faults: FaultCollector) -> None:
    file = PurePosixPath(path)
    names = expected_file_names(header.id, header.effective_from.isoformat())
    if header.id and file.name not in names:
        faults.error(
            node.key_lines["id"],
            "id-file-name",
            f"文件名“{file.name}”与编号或生效日不符。",
            f"文件名改成 {names[0]}（首个版本）或 {names[1]}（后续版本）。",
        )
    if header.category and file.parent.name != header.category:
        faults.error(
            node.key_lines["category"],
            "category-folder",
            f"文件在“{file.parent.name}”文件夹里，分类却是“{header.category}”。",
            "移动文件或改分类，使两者一致。",
        )


def _procedure(path: str, revision: str, header: Header, node: YamlMap, body: Body) -> Procedure:
    return Procedure(
        id=header.id,
        title=header.title,
        category=header.category,
        summary=header.summary,
        says=header.says,
        keywords=header.keywords,
        scope=header.applies,
        asks=header.asks,
        owner=header.owner,
        effective_from=header.effective_from,
        effective_until=header.effective_until,
        replaced_by=header.replaced_by,
        review_by=header.review_by,
        related=header.related,
        steps=body.steps,
        materials=body.materials,
        notes=body.notes,
        deadlines=body.deadlines,
        follow_ups=body.follow_ups,
        routes=body.routes,
        path=path,
        revision=revision,
        field_lines=tuple(node.key_lines.items()),
    )
