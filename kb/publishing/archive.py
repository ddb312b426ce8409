"""What was published at each step: texts, and procedures as agents were shown them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kb.content import (
    DATA_FILES,
    Procedure,
    ReferenceData,
    is_procedure_path,
    parse_procedure_file,
    read_reference_data,
)
from kb.errors import ProcedureNotFound, ProcedureNotInForce
from kb.publishing.history import procedure_of
from kb.repository import ContentRepository


@dataclass(frozen=True, slots=True)
class ArchivedProcedure:
    """A version of a procedure with the data files beside which it stood."""

    procedure: Procedure
    reference: ReferenceData


class Archive:
    """Reads commits of the published line. All methods raise RepositoryUnavailable."""

    def __init__(self, repository: ContentRepository) -> None:
        self._repository = repository

    def text(self, commit: str, path: str) -> str | None:
        """Return a content file's text in a commit, or None when it was not there."""
        data = self._repository.file_at(commit, path)
        return None if data is None else data.decode()

    def procedure_paths(self, commit: str) -> list[str]:
        """Return the paths of all versions of all procedures in a commit, sorted."""
        return sorted(filter(is_procedure_path, self._repository.ids_at(commit)))

    def procedure(self, commit: str, procedure_id: str, day: date) -> ArchivedProcedure:
        """Return the version that a commit served on `day`.

        Raises ProcedureNotFound and ProcedureNotInForce.
        """
        ids = self._repository.ids_at(commit)
        paths = [path for path in ids if is_procedure_path(path)]
        files = self._files(ids, [path for path in paths if procedure_of(path) == procedure_id])
        parsed = (parse_procedure_file(path, data) for path, data in files.items())
        versions = [file.procedure for file in parsed if file.procedure]
        found = _in_force(procedure_id, versions, day)
        return ArchivedProcedure(found, read_reference_data(self._files(ids, DATA_FILES)))

    def draft(self, changed: Mapping[str, bytes | None], path: str) -> ArchivedProcedure | None:
        """Return the procedure at `path` as it is once `changed` files replace published ones.

        None when there is nothing, or nothing that can be read.
        """
        ids = self._repository.ids_at(self._repository.published())
        files: dict[str, bytes | None] = {**self._files(ids, (*DATA_FILES, path)), **changed}
        reference = {name: data for name, data in files.items() if name in DATA_FILES and data}
        data = files.get(path)
        draft = None if data is None else parse_procedure_file(path, data).draft
        return ArchivedProcedure(draft, read_reference_data(reference)) if draft else None

    def _files(
        self, ids: Mapping[str, str], paths: tuple[str, ...] | list[str]
    ) -> dict[str, bytes]:
        """Return the bytes of those of `paths` that are there."""
        there = {path: ids[path] for path in paths if path in ids}
        contents = self._repository.contents(there.values())
        return {path: contents[id_] for path, id_ in there.items()}


def _in_force(procedure_id: str, versions: list[Procedure], day: date) -> Procedure:
    """Return the version in force on `day`: an older one never comes back."""
    if not versions:
        raise ProcedureNotFound(procedure_id)
    begun = [version for version in versions if version.effective_from <= day]
    last = max(begun, key=lambda version: version.effective_from, default=None)
    if last is None or (last.effective_until and last.effective_until < day):
        known = sorted(version.effective_from.isoformat() for version in versions)
        raise ProcedureNotInForce(procedure_id, day.isoformat(), known)
    return last
