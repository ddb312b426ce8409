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
from kb.content.reading.header import Header, read_header
from kb.content.reading.section import Line, split_sections
from kb.content.reading.strict_yaml import UNPRINTABLE, YamlMap, parse_yaml

MAX_FILE_BYTES = 256 * 1024
_FENCE = "---"


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


def decode_content(data: bytes, faults: FaultCollector) -> str | None:
    """Return the text of a content file, or None after reporting why it is unreadable."""
    if len(data) > MAX_FILE_BYTES:
        faults.error(1, "file-size", "文件超过 256 KB。", "拆分成几份。")
        return None
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.error(line, "encoding", "文件不是 UTF-8 编码。", "用 UTF-8 另存（不带 BOM）。")
        return None
    if match := UNPRINTABLE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        faults.error(
            line,
            "encoding",
            f"有不可见的控制字符 U+{ord(match[0]):04X}。",
            "删去该字符；文件开头的 BOM 也要去掉。",
        )
        return None
    return text


def _parse(path: str, data: bytes, revision: str, faults: FaultCollector) -> Procedure | None:
    text = decode_content(data, faults)
    if text is None:
        return None
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    fence = _closing_fence(lines)
    if fence is None:
        faults.error(
            1, "header-missing", "文件没有文件头。", "第一行写 ---，写完字段后再写一行 ---。"
        )
        return None
    node = parse_yaml("\n".join(line.text for line in lines[1:fence]), faults, first_line=2)
    header = read_header(node, faults)
    body = read_body(split_sections(lines[fence + 1 :], faults), faults)
    _check_file_name(path, header, node, faults)
    return _procedure(path, revision, header, node, body)


def _closing_fence(lines: list[Line]) -> int | None:
    if lines[0].text.strip() != _FENCE:
        return None
    fences = (index for index, line in enumerate(lines) if line.text.strip() == _FENCE)
    next(fences)
    return next(fences, None)


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
