"""The text of a content file, and its header apart from its body."""

from __future__ import annotations

from kb.content.fault import FaultCollector
from kb.content.reading.section import Line
from kb.content.reading.strict_yaml import UNPRINTABLE, YamlMap, parse_yaml

MAX_FILE_BYTES = 256 * 1024
_FENCE = "---"


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


def split_header(text: str, faults: FaultCollector) -> tuple[YamlMap, list[Line]] | None:
    """Return the header and the lines below it, or None after reporting that there is none."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    fence = _closing_fence(lines)
    if fence is None:
        faults.error(
            1, "header-missing", "文件没有文件头。", "第一行写 ---，写完字段后再写一行 ---。"
        )
        return None
    header = "\n".join(line.text for line in lines[1:fence])
    return parse_yaml(header, faults, first_line=2), lines[fence + 1 :]


def _closing_fence(lines: list[Line]) -> int | None:
    if lines[0].text.strip() != _FENCE:
        return None
    fences = (index for index, line in enumerate(lines) if line.text.strip() == _FENCE)
    next(fences)
    return next(fences, None)
