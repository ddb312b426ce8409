"""Which analysed files enter a generation, and what keeps the others out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from kb.content import Fault
from kb.indexing.entries import AnalysedFile
from kb.indexing.generation import Manifest
from kb.search.whoosh_store import IndexEntry, StoredDocument

REPEATED = "id-repeated"

VersionKey = tuple[str, date]


@dataclass(slots=True)
class Intake:
    """Takes entries over, and remembers what could not be."""

    taken: dict[VersionKey, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def entries(self, analysed: Iterable[AnalysedFile]) -> Iterator[IndexEntry]:
        """Yield the entries to write; broken and repeated ones become faults."""
        for file in analysed:
            self.faults += file.faults
            if file.entry is None:
                continue
            key = (file.entry.document.id, file.entry.document.effective_from)
            if self.taken.setdefault(key, file.path) == file.path:
                yield file.entry
            else:
                self.faults.append(_repeated(file, self.taken[key]))


def _repeated(file: AnalysedFile, first: str) -> Fault:
    return Fault(
        file.path,
        1,
        1,
        REPEATED,
        "error",
        f"同一编号、同一生效日已有一份：{first}。",
        "删去一份，或改编号、改生效日。",
    )


def intake_beside(old: Manifest, documents: Iterable[StoredDocument], changed: set[str]) -> Intake:
    """Return an intake that knows the versions and the faults of the files left as they are."""
    return Intake(
        taken={
            (item.id, item.effective_from): item.path
            for item in documents
            if item.path not in changed
        },
        faults=[fault for fault in old.faults if fault.file not in changed],
        kept=[path for path in old.kept if path not in changed],
    )
