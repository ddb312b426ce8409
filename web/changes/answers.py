"""A procedure of a change set as the desk shows it, before and after."""

from __future__ import annotations

from urllib.parse import quote

from kb.changes import ChangeSet
from kb.errors import ProcedureNotFound
from kb.publishing.archive import Archive, ArchivedProcedure
from web.changes.contexts import Side


def read_changed_procedure(
    archive: Archive, change: ChangeSet, path: str, *, is_after: bool
) -> ArchivedProcedure:
    """Return the procedure at `path` beside the data files that belong to it.

    Raises ProcedureNotFound where there is none that could be read, and RepositoryUnavailable.
    """
    texts = {file.path: file.content if is_after else file.base for file in change.files}
    files = {name: None if text is None else text.encode() for name, text in texts.items()}
    found = archive.draft(files, path) if path in files else None
    if found is None:
        raise ProcedureNotFound(path)
    return found


def sides_of(change: ChangeSet, path: str, *, is_after: bool) -> tuple[Side, ...]:
    """Return the ways of looking at the file: side by side, or as the desk shows it."""
    file = quote(path)
    return (
        Side("并排", f"{change.href}#{file}", is_shown=False),
        Side("坐席看到的：改前", f"{change.href}/before/{file}", is_shown=not is_after),
        Side("坐席看到的：改后", f"{change.href}/after/{file}", is_shown=is_after),
    )
