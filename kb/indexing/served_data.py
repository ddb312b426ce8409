"""The files beside the procedures that a generation serves: data files and exam items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.content import (
    DATA_FILES,
    ContentFiles,
    Fault,
    ReferenceData,
    is_exam_path,
    parse_exam_file,
    read_reference_data,
)


@dataclass(frozen=True, slots=True)
class ServedData:
    """The files as they are served, and what is wrong with them as they were written."""

    files: ContentFiles
    reference: ReferenceData
    faults: tuple[Fault, ...]
    kept: tuple[str, ...]

    def write(self, folder: Path) -> None:
        """Write the files below `folder`."""
        for name, content in self.files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def served_data(files: ContentFiles, last_readable: ContentFiles) -> ServedData:
    """Keep the last readable bytes of a broken file in service, as with procedures.

    One missing bracket in the register would otherwise lead every citation nowhere.
    """
    written = {path: files[path] for path in files if path in DATA_FILES or is_exam_path(path)}
    reference = read_reference_data(written)
    faults = (*reference.faults, *_exam_faults(written))
    broken = {fault.file for fault in faults if fault.severity == "error"}
    kept = {path: last_readable[path] for path in broken if path in last_readable}
    served = {**written, **kept}
    if kept.keys() & set(DATA_FILES):
        reference = read_reference_data(served)
    return ServedData(served, reference, faults, tuple(sorted(kept)))


def _exam_faults(files: ContentFiles) -> Iterator[Fault]:
    for path in filter(is_exam_path, files):
        yield from parse_exam_file(path, files[path]).faults
