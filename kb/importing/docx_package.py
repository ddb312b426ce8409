"""The zip archive that an office document is: measured before it is inflated, and meanwhile."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from kb.errors import DocumentRefused

MAX_ENTRIES = 2000
MAX_INFLATED_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100
_SMALL_BYTES = 64 * 1024
"""Up to here the ratio says nothing: a part of mere blanks is no bomb."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED_FLAG = 1

BOMB = "这个文件展开以后大得异常，不像正常文档，已拒绝。另存一份再导入。"
BROKEN = "这个文件已损坏。请用 Office 或 WPS 打开，另存一份再导入。"
ENCRYPTED = "这个文件有密码保护。去掉密码，另存一份再导入。"
ENTITIES = "这个文件里有文档不该有的 XML 定义，可能是攻击，已拒绝。另存一份再导入。"


class DocxPackage:
    """The parts of a .docx or an .xlsx."""

    def __init__(self, data: bytes) -> None:
        """Open the archive in `data`. Raises DocumentRefused for what its directory promises."""
        # Counted before it is read: a directory of a hundred thousand entries takes a second.
        if data.count(_DIRECTORY_ENTRY) > MAX_ENTRIES:
            raise DocumentRefused(BOMB)
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise DocumentRefused(BROKEN) from None
        entries = self._archive.infolist()
        if sum(entry.file_size for entry in entries) > MAX_INFLATED_BYTES:
            raise DocumentRefused(BOMB)
        for entry in entries:
            if entry.flag_bits & _ENCRYPTED_FLAG:
                raise DocumentRefused(ENCRYPTED)
            if entry.file_size > max(_SMALL_BYTES, MAX_RATIO * entry.compress_size):
                raise DocumentRefused(BOMB)
        self.names = tuple(self._archive.namelist())
        self._inflated = 0

    def parse(self, name: str) -> Iterator[tuple[str, Element]]:
        """Yield each element of an XML part when it starts and when it ends, with which of the two.

        It is inflated as far as it is asked for. Raises DocumentRefused.
        """
        try:
            with self._archive.open(name) as part:
                source = _Measured(self, part)
                yield from iterparse(source, events=("start", "end"), forbid_dtd=True)
        except DefusedXmlException:
            raise DocumentRefused(ENTITIES) from None
        except (ParseError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise DocumentRefused(BROKEN) from None

    def count(self, size: int) -> None:
        """Note that `size` bytes were inflated; the directory may have lied."""
        self._inflated += size
        if self._inflated > MAX_INFLATED_BYTES:
            raise DocumentRefused(BOMB)


class _Measured:
    """A part that tells how much of it is inflated."""

    def __init__(self, package: DocxPackage, part: IO[bytes]) -> None:
        self._package = package
        self._part = part

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`."""
        data = self._part.read(size)
        self._package.count(len(data))
        return data
