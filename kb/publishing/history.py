"""What was published when, as the database has recorded it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import Connection, Engine, select

from kb.content import PROCEDURES_FOLDER
from kb.errors import PublicationNotFound
from kb.publishing.publication import Publication
from kb.publishing.rows import (
    list_publications,
    paths_of,
    publication_at,
    publication_numbered,
    publication_of,
    publications_that_touched,
    removed_paths,
)
from kb.state import reading
from kb.state.tables import published_files


@dataclass(frozen=True, slots=True)
class TouchingPublication:
    """A publication that touched files of a procedure."""

    publication: Publication
    paths: tuple[str, ...]
    """Those of the procedure, sorted."""


class PublicationHistory:
    """Reads the publications in the database of `engine`. All raise DatabaseUnavailable."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def latest(self, limit: int) -> list[Publication]:
        """Return the publications that took place, newest first, `limit` at most."""
        with reading(self._engine) as connection:
            return list_publications(connection, limit)

    def of_change(self, change_set_id: str) -> Publication | None:
        """Return the publication of a change set, or None."""
        with reading(self._engine) as connection:
            return publication_of(connection, change_set_id)

    def at(self, moment: datetime) -> Publication | None:
        """Return the publication that agents were served at `moment`; None before the first."""
        with reading(self._engine) as connection:
            return publication_at(connection, moment)

    def of_procedure(self, procedure_id: str) -> list[TouchingPublication]:
        """Return the publications that touched a version of the procedure, newest first."""
        with reading(self._engine) as connection:
            paths = set(_paths_of_procedure(connection, procedure_id))
            return [
                TouchingPublication(
                    publication,
                    tuple(
                        path for path in paths_of(connection, publication.number) if path in paths
                    ),
                )
                for publication in publications_that_touched(connection, paths)
            ]

    def numbered(self, number: int) -> Publication:
        """Return a publication. Raises PublicationNotFound."""
        with reading(self._engine) as connection:
            if publication := publication_numbered(connection, number):
                return publication
        raise PublicationNotFound(f"没有第 {number} 号发布。")

    def removed(self) -> list[TouchingPublication]:
        """Return the publications that took the last file of a procedure away, newest first."""
        with reading(self._engine) as connection:
            return [
                TouchingPublication(publication, (path,))
                for path, number in removed_paths(connection)
                if (publication := publication_numbered(connection, number))
            ]


def _paths_of_procedure(connection: Connection, procedure_id: str) -> list[str]:
    """Return the paths that versions of the procedure have, or had."""
    column = published_files.c.path
    chosen = select(column).distinct()
    # `_` and `%` stand for themselves; what matches too much is sorted out below.
    chosen = chosen.where(
        column.startswith(PROCEDURES_FOLDER), column.contains(procedure_id, autoescape=True)
    )
    return [path for path in connection.scalars(chosen) if procedure_of(path) == procedure_id]


def procedure_of(path: str) -> str:
    """Return the id of the procedure of which the file at `path` is a version."""
    return PurePosixPath(path).stem.partition("@")[0]
