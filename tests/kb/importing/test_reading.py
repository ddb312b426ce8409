"""What is uploaded is read in a process of its own, or refused with a reason that helps."""

from __future__ import annotations

import os
import random
import signal
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from kb.errors import DocumentRefused
from kb.importing import read_document, reading
from kb.importing.docx_file import read_docx
from tests.kb.importing.documents import (
    BODY,
    LAUGHS,
    package,
    paragraph,
    standard,
    word_file,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le")
NOTHING = "<w:p/>"
GOOD = word_file(paragraph("字") * 5000)


def refusal(data: bytes) -> str:
    """Return why a document is refused."""
    with pytest.raises(DocumentRefused) as caught:
        read_document(data)
    return str(caught.value)


def lying_about_size(data: bytes) -> bytes:
    """Return an archive whose directory says that its last entry is small."""
    at = data.rindex(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", 100) + data[at + 4 :]


def encrypted_entries(data: bytes) -> bytes:
    """Return an archive whose directory says that its last entry is encrypted."""
    at = data.rindex(b"PK\x01\x02") + 8
    return data[:at] + struct.pack("<H", 1) + data[at + 2 :]


def test_the_process_reads_what_reading_here_would() -> None:
    assert read_document(standard()) == read_docx(standard())


# Made when they are used: some are large.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "文件是空的"),
    "blank": (lambda: b" \r\n", "文件是空的"),
    "large": (lambda: bytes(20 * 1024 * 1024), "文件有 20 MB，最多 10 MB"),
    "pdf": (lambda: b"%PDF-1.7\n", "这是 PDF，不是 Word 文档"),
    "rtf": (lambda: b"{\\rtf1", "这是 RTF 文档"),
    "doc": (lambda: OLE, "旧格式的 Office 文件（.doc 等）"),
    "image": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "认不出这是什么文件"),
    "web page": (lambda: b"<!doctype html><p>x", "这是网页或 XML"),
    "password": (lambda: ENCRYPTED, "有密码保护"),
    "password on the archive": (lambda: encrypted_entries(GOOD), "有密码保护"),
    "spreadsheet": (lambda: package({"xl/workbook.xml": "<a/>"}), "里面没有正文"),
    "cut off": (lambda: GOOD[:-30], "已损坏"),
    "no xml": (lambda: package({BODY: "<w:p>"}), "已损坏"),
    "a size that lies": (lambda: lying_about_size(GOOD), "已损坏"),
    "bomb": (lambda: word_file(NOTHING * 9_000_000), "大得异常"),
    "ratio": (lambda: word_file(NOTHING * 1_000_000), "大得异常"),
    "entries": (
        lambda: package({str(n): "" for n in range(2001)}, zipfile.ZIP_STORED),
        "大得异常",
    ),
    "depth": (lambda: word_file("<w:p>" * 300), "大得异常"),
    "book": (
        lambda: word_file(paragraph(*(f"{number:x}" for number in range(120_000)))),
        "文字超过 50 万字",
    ),
    "laughs": (lambda: package({BODY: LAUGHS}), "XML 定义"),
    "laughs in utf-16": (
        lambda: package({BODY: LAUGHS.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")}),
        "XML 定义",
    ),
    "laughs in styles": (lambda: word_file("", styles=LAUGHS), "XML 定义"),
    "laughs in a header": (lambda: word_file("", header1=LAUGHS), "XML 定义"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(case: str) -> None:
    make, words = REFUSED[case]
    message = refusal(make())
    assert words in message
    assert message.endswith("。")


def test_rubbish_is_refused_and_never_breaks_the_reader() -> None:
    randomness = random.Random(20260601)
    good = standard()
    for _ in range(10):
        at = randomness.randrange(len(good))
        damaged = good[:at] + randomness.randbytes(20) + good[at + 20 :]
        with suppress(DocumentRefused):
            read_document(damaged)


CONFINED = """
import resource, socket, sys
from kb.importing import child
child.MAX_PROCESSOR_SECONDS = 1
child.confine()
"""


@pytest.mark.parametrize(
    ("attempt", "outcome"),
    [
        ("open('/etc/hostname')", "Too many open files"),
        ("open('written', 'w')", "Too many open files"),
        ("socket.socket()", "Too many open files"),
        ("import subprocess; subprocess.run(['true'])", "Too many open files"),
        ("bytearray(2 * 1024 ** 3)", "MemoryError"),
    ],
)
def test_the_process_has_neither_files_nor_network_nor_much_memory(
    tmp_path: Path, attempt: str, outcome: str
) -> None:
    """Each attempt succeeds where nothing is taken away."""
    import_all = f"{CONFINED}import subprocess\n{attempt}"
    confined = _python(import_all, tmp_path)
    assert confined.returncode == 1
    assert outcome in confined.stderr
    assert _python(import_all.replace("child.confine()", ""), tmp_path).returncode == 0


def test_the_process_ends_when_its_time_is_up(tmp_path: Path) -> None:
    endless = _python(f"{CONFINED}while True: pass", tmp_path)
    assert endless.returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def _python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a folder, with the packages that this process has."""
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


@pytest.mark.parametrize(
    ("death", "words"),
    [("kill", "太复杂"), ("sleep", "太复杂"), ("fail", "读不懂")],
)
def test_a_process_that_dies_or_hangs_is_told_as_a_refusal(
    monkeypatch: pytest.MonkeyPatch, death: str, words: str
) -> None:
    code = {
        "kill": "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)",
        "sleep": "import time; time.sleep(60)",
        "fail": "raise SystemExit(3)",
    }[death]
    monkeypatch.setattr(reading, "CHILD", ("-c", code))
    monkeypatch.setattr(reading, "LONGEST_SECONDS", 1)
    assert words in refusal(word_file(paragraph("字")))


def test_the_process_learns_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATABASE_URL", "secret")
    code = "import json, os; print(json.dumps({'refused': ' '.join(os.environ)}))"
    monkeypatch.setattr(reading, "CHILD", ("-c", code))
    assert "KB_DATABASE_URL" in os.environ
    assert "KB_DATABASE_URL" not in refusal(word_file(paragraph("字")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_plain_text_is_read_line_by_line(encoding: str) -> None:
    document = read_document("标准\r\n\r\n  一、目的\n".encode(encoding))
    assert [(item.number, item.text) for item in document.paragraphs] == [
        (1, "标准"),
        (2, "一、目的"),
    ]
