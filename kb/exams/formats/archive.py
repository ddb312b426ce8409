"""The zip archives that .xlsx files and QTI packages are, measured before anything is inflated."""

from __future__ import annotations

import zipfile
from io import BytesIO

from kb.errors import DocumentRefused

MAX_ENTRIES = 20_000
MAX_INFLATED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 100
_SMALL_BYTES = 64 * 1024
"""Up to here the ratio says nothing: a part of mere blanks is no bomb."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED_FLAG = 1

BOMB = "这个文件展开以后大得异常，不像正常文件，已拒绝。"
BROKEN = "这个文件已损坏，或者不是它的扩展名所说的格式。"
ENTITIES = "这个文件里有不该有的 XML 定义，可能是攻击，已拒绝。"


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Return the archive. Raises DocumentRefused for what is none, is encrypted or is a bomb.

    What its directory promises is what can be inflated: `zipfile` reads no byte more.
    """
    # Counted before it is read: a directory of a hundred thousand entries takes a second.
    if data.count(_DIRECTORY_ENTRY) > MAX_ENTRIES:
        raise DocumentRefused(BOMB)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise DocumentRefused(BROKEN) from None
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_INFLATED_BYTES:
        raise DocumentRefused(BOMB)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise DocumentRefused("这个文件有密码保护。去掉密码，另存一份再导入。")
        if entry.file_size > max(_SMALL_BYTES, MAX_RATIO * entry.compress_size):
            raise DocumentRefused(BOMB)
    return archive
