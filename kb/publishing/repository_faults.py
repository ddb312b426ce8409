"""What is wrong with the repository of this machine, told by the builder to the web processes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from kb.content import Fault, file_sign

_FILE = "repository-faults.json"


class RepositoryFaults:
    """A file beside the index, which may be deleted with it at any time."""

    def __init__(self, index_dir: Path) -> None:
        """Keep the faults in the folder of the index."""
        self._path = index_dir / _FILE
        self._read: tuple[Fault, ...] = ()
        self._sign: tuple[int, int, int] | None = None

    @property
    def is_there(self) -> bool:
        """Whether anything was told; the folder may have been deleted since."""
        return self._path.is_file()

    def write(self, faults: Iterable[Fault]) -> None:
        """Replace what was told before, in one step."""
        temporary = self._path.with_suffix(".new")
        rows = [asdict(fault) for fault in faults]
        temporary.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        os.replace(temporary, self._path)

    def read(self) -> tuple[Fault, ...]:
        """Return what was told last; nothing when it cannot be read."""
        sign = file_sign(self._path)
        if sign != self._sign:
            self._sign, self._read = sign, self._load()
        return self._read

    def _load(self) -> tuple[Fault, ...]:
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))
            return tuple(Fault(**row) for row in rows)
        except (OSError, ValueError, TypeError):
            return ()
