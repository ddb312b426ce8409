"""Reads plain text, in UTF-8 or as Chinese Windows writes it."""

from __future__ import annotations

import re

from kb.errors import DocumentRefused
from kb.importing.document import SourceDocument, SourceParagraph

_ENCODINGS = ("utf-8-sig", "gb18030")
# Control characters besides tab, line feed, form feed and carriage return: no text has them.
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_UNKNOWN = "认不出这是什么文件。能导入的是 .docx 和 .txt（UTF-8 或 GBK）。"


def read_plain_text(data: bytes) -> SourceDocument:
    """Return one paragraph for each line of a text. Raises DocumentRefused when it is none."""
    text = decode(data)
    if text.lstrip().startswith("<"):
        raise DocumentRefused("这是网页或 XML。把文字复制到 Word 里，存为 .docx 再导入。")
    lines = filter(None, (line.strip() for line in text.splitlines()))
    return SourceDocument(tuple(SourceParagraph(n, line) for n, line in enumerate(lines, 1)))


def decode(data: bytes) -> str:
    """Return the text in `data`. Raises DocumentRefused when it is none."""
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _BINARY.search(text):
            break
        return text
    raise DocumentRefused(_UNKNOWN)
