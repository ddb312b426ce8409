"""The process that reads a file of strangers: its bytes come in, its words as JSON go out.

Parsing what strangers made may exhaust memory or time, or meet a fault in a parser. This process
has 1 GiB and ten seconds; before the first byte is parsed it gives up opening files and sockets.
"""

from __future__ import annotations

import codecs
import json
import resource
import sys
from collections.abc import Callable, Mapping
from typing import Any

from kb.errors import DocumentRefused
from kb.importing.docx_file import read_docx

MAX_MEMORY_BYTES = 1024**3
MAX_PROCESSOR_SECONDS = 10


def confine() -> None:
    """Take from this process what reading a document does not need."""
    # Python would look for these later: names in archives are in the first, texts in the others.
    for encoding in ("cp437", "utf-8-sig", "gb18030", "gbk", "gb2312"):
        codecs.lookup(encoding)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_PROCESSOR_SECONDS, MAX_PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What is open stays open, but nothing more can be: no file, no socket, no pipe to a program.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def answer(read: Callable[[bytes], Mapping[str, Any]]) -> None:
    """Read a file from standard input; write it, or why it is refused, to standard output."""
    data = sys.stdin.buffer.read()
    confine()
    try:
        values = read(data)
    except DocumentRefused as refusal:
        values = {"refused": str(refusal)}
    except MemoryError:
        values = {"refused": "这个文件展开以后太大。去掉图片和附件，另存一份再导入。"}
    sys.stdout.write(json.dumps(values))


if __name__ == "__main__":
    answer(lambda data: read_docx(data).as_json())
