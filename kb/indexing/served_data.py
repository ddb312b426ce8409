"""The data files that a generation serves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kb.content import DATA_FILES, ContentFiles, Fault, ReferenceData, read_reference_data


@dataclass(frozen=True, slots=True)
class ServedData:
    """The data files as they are served, and what is wrong with them as they were written."""

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
    """Keep the last readable bytes of a broken data file in service, as with procedures.

    One missing bracket in the register would otherwise lead every citation nowhere.
    """
    written = {name: files[name] for name in DATA_FILES if name in files}
    reference = read_reference_data(written)
    broken = {fault.file for fault in reference.faults if fault.severity == "error"}
    kept = {name: last_readable[name] for name in broken if name in last_readable}
    served = {**written, **kept}
    if kept:
        return ServedData(
            served, read_reference_data(served), reference.faults, tuple(sorted(kept))
        )
    return ServedData(served, reference, reference.faults, ())
