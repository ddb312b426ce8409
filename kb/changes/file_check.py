"""The check of one file while its author types: what it alone, and what it refers to, can tell.

What only the whole content tells (search, words of the lexicon beside each other, versions that
overlap) is left to `check_change`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kb.content import (
    DATA_FILES,
    Anchors,
    ContentFiles,
    Fault,
    FaultCollector,
    Procedure,
    ReferenceData,
    check_file,
    check_personal_data,
    decode_content,
    is_procedure_path,
    parse_procedure_file,
    read_reference_data,
)


@dataclass(frozen=True, slots=True)
class FileChecker:
    """Checks single files beside some content."""

    data_files: ContentFiles
    reference: ReferenceData
    anchors: Anchors

    @classmethod
    def read(cls, files: ContentFiles) -> FileChecker:
        """Return a checker beside `files`; reading them takes 1 ms a procedure."""
        data_files = {name: files[name] for name in DATA_FILES if name in files}
        checker = cls(data_files, read_reference_data(data_files), {})
        return checker.beside({path: files[path] for path in files if is_procedure_path(path)})

    def beside(self, contents: Mapping[str, bytes | None]) -> FileChecker:
        """Return a checker beside the same content with these files; only they are read.

        What a changed procedure no longer says can still be linked to: that is found at
        submission.
        """
        drafts = (
            parse_procedure_file(path, data).draft
            for path, data in contents.items()
            if data is not None and is_procedure_path(path)
        )
        anchors = dict(self.anchors)
        for draft in filter(None, drafts):
            _add_addresses(anchors, draft)
        changed = {name: contents[name] for name in DATA_FILES if name in contents}
        if not changed:
            return FileChecker(self.data_files, self.reference, anchors)
        files = {**self.data_files, **changed}
        data_files = {name: data for name, data in files.items() if data is not None}
        return FileChecker(data_files, read_reference_data(data_files), anchors)

    def check(self, path: str, text: str, today: date) -> list[Fault]:
        """Return the faults of the file at `path` if it said `text`, by line."""
        data = text.encode()
        if is_procedure_path(path):
            file = parse_procedure_file(path, data)
            anchors = dict(self.anchors)
            if file.draft is not None:
                _add_addresses(anchors, file.draft)
            return check_file(file, data, self.reference, anchors, today)
        faults = FaultCollector(path)
        check_personal_data(data, faults)
        if path in DATA_FILES:
            read = read_reference_data({path: data}).faults
            return sorted({*faults.faults, *(fault for fault in read if fault.file == path)})
        decode_content(data, faults)
        return sorted(faults.faults)


def _add_addresses(anchors: dict[str, frozenset[str]], procedure: Procedure) -> None:
    own = frozenset(part.address for part in procedure.parts())
    anchors[procedure.id] = anchors.get(procedure.id, frozenset()) | own
