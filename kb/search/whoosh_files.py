"""Opens Whoosh's files as memory maps, so that all processes share one copy of them."""

from __future__ import annotations

import os
from io import BytesIO
from mmap import ACCESS_READ, mmap
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile


class MappedStorage(FileStorage):  # type: ignore[misc]
    """A folder of files that are mapped; Whoosh itself copies each into the process."""

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Return a file for reading."""
        with open(self._fpath(name), "rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return StructFile(BytesIO(), name=name, **options)
            return _MappedFile(mmap(file.fileno(), 0, access=ACCESS_READ), name, **options)


class _MappedFile(BufferFile):  # type: ignore[misc]
    """A file that reads from its map; its parent would first copy it."""

    def __init__(self, mapped: mmap, name: str, onclose: Any = None) -> None:
        StructFile.__init__(self, mapped, name=name, onclose=onclose)
        self._buf = mapped
        self.is_real = False
