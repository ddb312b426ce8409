"""Reads what was uploaded: by what the bytes are, whatever the file is called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from kb.errors import DocumentRefused
from kb.importing.document import SourceDocument, document_from_json
from kb.importing.plain_text import read_plain_text

MAX_BYTES = 10 * 1024 * 1024
CHILD = ("-m", "kb.importing.child")
LONGEST_SECONDS = 20
"""More than the child's processor time: it may wait for others."""
ZIP_START = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请用 Word 或 WPS 另存为 .docx 再导入。"
_OTHERS = {
    b"%PDF": f"这是 PDF，不是 Word 文档（可能只改了扩展名）。{_SAVE_AS}",
    b"{\\rtf": f"这是 RTF 文档。{_SAVE_AS}",
}
_TOO_COMPLEX = "这个文件太复杂，十秒内读不完，已停止。另存一份只含文字的再导入。"
_BROKEN = f"这个文件读不懂，可能已损坏。{_SAVE_AS}"


def read_document(data: bytes) -> SourceDocument:
    """Return the words of a .docx or of a plain text. Raises DocumentRefused, which says why."""
    refuse_at_sight(data)
    if data.startswith(ZIP_START):
        return document_from_json(read_confined(CHILD, data))
    return read_plain_text(data)


def refuse_at_sight(data: bytes) -> None:
    """Raise DocumentRefused for what is empty, too large, or begins like a file of other kinds."""
    if not data.strip():
        raise DocumentRefused("文件是空的。")
    if len(data) > MAX_BYTES:
        size = len(data) / (1024 * 1024)
        raise DocumentRefused(
            f"文件有 {size:.0f} MB，最多 {MAX_BYTES // (1024 * 1024)} MB。去掉图片再导入。"
        )
    for start, message in _OTHERS.items():
        if data.startswith(start):
            raise DocumentRefused(message)
    if data.startswith(_OLE):
        raise DocumentRefused(_ole_message(data))


def _ole_message(data: bytes) -> str:
    if _ENCRYPTED in data:
        return "这个文件有密码保护。去掉密码、另存一份再导入。"
    return f"这是旧格式的 Office 文件（.doc 等）。{_SAVE_AS}"


def read_confined(child: Sequence[str], data: bytes) -> dict[str, Any]:
    """Return what a process says of a file; `child` are the arguments of Python that start it.

    Raises DocumentRefused when it refuses, dies or takes too long.
    """
    # Nothing of our environment is the child's business; it only has to find this package.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-P", "-B", *child]
    try:
        process = subprocess.run(  # noqa: S603 - our own command
            command,
            input=data,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentRefused(_TOO_COMPLEX) from None
    if process.returncode < 0:
        raise DocumentRefused(_TOO_COMPLEX)
    try:
        values: dict[str, Any] = json.loads(process.stdout)
    except ValueError:
        raise DocumentRefused(_BROKEN) from None
    if "refused" in values:
        raise DocumentRefused(values["refused"])
    return values
