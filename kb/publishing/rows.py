"""Publications in the database, in the transaction of whoever asks."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select, update

from kb.publishing.publication import Publication, PublicationKind, PublicationState
from kb.state.tables import publications, published_files

_COLUMNS = publications.c


def record_publication(
    connection: Connection, publication: Publication, files: Mapping[str, bytes | None]
) -> None:
    """Store a publication with the sha256 of each file that it changed."""
    connection.execute(insert(publications), asdict(publication))
    rows = [
        {
            "publication": publication.number,
            "path": path,
            "sha256": None if content is None else hashlib.sha256(content).hexdigest(),
        }
        for path, content in files.items()
    ]
    if rows:
        connection.execute(insert(published_files), rows)


def finish_publication(connection: Connection, number: int) -> None:
    """Note that the published line has reached the publication's commit."""
    chosen = update(publications).where(_COLUMNS.number == number)
    connection.execute(chosen.values(state=PublicationState.PUBLISHED))


def forget_publication(connection: Connection, number: int) -> None:
    """Delete a publication that never took place."""
    connection.execute(delete(published_files).where(published_files.c.publication == number))
    connection.execute(delete(publications).where(_COLUMNS.number == number))


def first_publication(connection: Connection) -> Publication | None:
    """Return the publication with which everything began, or None before it."""
    return _first(connection, _published().where(_COLUMNS.number == 1))


def last_publication(connection: Connection) -> Publication | None:
    """Return the newest publication that took place, or None before the first."""
    return _first(connection, _published())


def prepared_publications(connection: Connection) -> list[Publication]:
    """Return the publications of which it is not known whether they took place, newest first."""
    prepared = _newest().where(_COLUMNS.state == PublicationState.PREPARED)
    return [_publication(row) for row in connection.execute(prepared)]


def publication_of(connection: Connection, change_set_id: str) -> Publication | None:
    """Return the publication of a change set that took place, or None."""
    return _first(connection, _published().where(_COLUMNS.change_set_id == change_set_id))


def is_recorded(connection: Connection, commit: str) -> bool:
    """Return whether a publication that took place has this commit."""
    return _first(connection, _published().where(_COLUMNS.commit == commit)) is not None


def has_baseline(connection: Connection) -> bool:
    """Return whether two persons have taken the content of the start over."""
    baseline = _published().where(_COLUMNS.kind == PublicationKind.BASELINE)
    return _first(connection, baseline) is not None


def list_publications(connection: Connection, limit: int) -> list[Publication]:
    """Return the publications that took place, newest first, `limit` at most."""
    return [_publication(row) for row in connection.execute(_published().limit(limit))]


def publication_at(connection: Connection, moment: datetime) -> Publication | None:
    """Return the publication that agents were served at `moment`; None before the first."""
    return _first(connection, _published().where(_COLUMNS.at <= moment))


def publication_numbered(connection: Connection, number: int) -> Publication | None:
    """Return the publication with this number that took place, or None."""
    return _first(connection, _published().where(_COLUMNS.number == number))


def publications_where(
    connection: Connection, condition: ColumnElement[bool], limit: int
) -> list[Publication]:
    """Return the publications that took place and meet `condition`, newest first."""
    chosen = _published().where(condition).limit(limit)
    return [_publication(row) for row in connection.execute(chosen)]


def publications_that_touched(connection: Connection, paths: Collection[str]) -> list[Publication]:
    """Return the publications that changed one of `paths`, newest first."""
    touched = select(published_files.c.publication).where(published_files.c.path.in_(paths))
    chosen = _published().where(_COLUMNS.number.in_(touched))
    return [_publication(row) for row in connection.execute(chosen)]


def paths_of(connection: Connection, number: int) -> list[str]:
    """Return the paths of the files that a publication changed."""
    chosen = select(published_files.c.path).where(published_files.c.publication == number)
    return list(connection.scalars(chosen.order_by(published_files.c.path)))


def removed_paths(connection: Connection) -> list[tuple[str, int]]:
    """Return path and publication of every file that is gone, gone last first."""
    columns = published_files.c
    last = select(columns.path, func.max(columns.publication).label("number"))
    last_of = last.group_by(columns.path).subquery()
    is_last = (columns.path == last_of.c.path) & (columns.publication == last_of.c.number)
    chosen = select(columns.path, columns.publication).join(last_of, is_last)
    chosen = chosen.where(columns.sha256.is_(None)).order_by(columns.publication.desc())
    return [(row.path, row.publication) for row in connection.execute(chosen)]


def recorded_files(connection: Connection, number: int) -> dict[str, str]:
    """Return path → sha256 of every file as publications up to `number` left it."""
    chosen = select(published_files.c.path, published_files.c.sha256)
    chosen = chosen.where(published_files.c.publication <= number)
    recorded = dict[str, str | None]()
    for path, digest in connection.execute(chosen.order_by(published_files.c.publication)):
        recorded[path] = digest
    return {path: digest for path, digest in recorded.items() if digest}


def _published() -> Select[Any]:
    return _newest().where(_COLUMNS.state == PublicationState.PUBLISHED)


def _newest() -> Select[Any]:
    return select(publications).order_by(_COLUMNS.number.desc())


def _first(connection: Connection, chosen: Select[Any]) -> Publication | None:
    row = connection.execute(chosen.limit(1)).first()
    return _publication(row) if row else None


def _publication(row: Row[Any]) -> Publication:
    kind, state = PublicationKind(row.kind), PublicationState(row.state)
    return Publication(**dict(row._mapping) | {"kind": kind, "state": state})
