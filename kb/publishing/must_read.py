"""必读: what everybody has to have seen, who has said so, and who has not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import Connection, Engine, insert, select

from kb.audit import record
from kb.errors import PublicationNotFound
from kb.people import Person
from kb.people.waiting import is_acknowledged, must_be_read
from kb.publishing.publication import Publication
from kb.publishing.rows import publication_numbered, publications_where
from kb.state import reading, reported_failures
from kb.state.tables import accounts, acknowledgements, publications, teams

_LISTED = 50


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who has to read a publication."""

    name: str
    login: str
    team: str
    """Name of the team, or empty."""
    read_at: datetime | None
    """None: not yet."""


@dataclass(frozen=True, slots=True)
class TeamReading:
    """How far a team has come with a publication."""

    team: str
    readers: tuple[Reader, ...]
    """By login."""

    @property
    def waiting(self) -> tuple[Reader, ...]:
        """Those who have not read it yet."""
        return tuple(reader for reader in self.readers if reader.read_at is None)


class MustRead:
    """The publications marked 必读. All methods raise DatabaseUnavailable.

    Somebody has to read what was published since their account exists.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self, person: Person) -> list[Publication]:
        """Return what `person` has not said to have read, the oldest first."""
        mine = select(accounts.c.id).where(accounts.c.id == person.id, must_be_read())
        waits = mine.where(~is_acknowledged()).correlate(publications).exists()
        with reading(self._engine) as connection:
            return publications_where(connection, waits, _LISTED)[::-1]

    def latest(self) -> list[Publication]:
        """Return the last publications that are 必读, newest first."""
        with reading(self._engine) as connection:
            return publications_where(connection, publications.c.is_must_read, _LISTED)

    def get(self, number: int) -> Publication:
        """Return a publication that is 必读. Raises PublicationNotFound."""
        with reading(self._engine) as connection:
            return _must_read(connection, number)

    def acknowledge(self, number: int, by: Person) -> None:
        """Note that `by` has read a publication; once is enough. Raises PublicationNotFound."""
        key = {"publication": number, "account_id": by.id}
        with reported_failures(), self._engine.begin() as connection:
            _must_read(connection, number)
            if connection.execute(select(acknowledgements).filter_by(**key)).first() is None:
                connection.execute(insert(acknowledgements), key | {"at": datetime.now(UTC)})
                record(connection, by, "publication.acknowledged", str(number))

    def by_team(self, number: int) -> list[TeamReading]:
        """Return how far each team has come; people without a team come last.

        Raises PublicationNotFound.
        """
        with reading(self._engine) as connection:
            _must_read(connection, number)
            readers = _readers(connection, number)
        return [
            TeamReading(team, tuple(found))
            for team, found in groupby(readers, lambda reader: reader.team)
        ]


def _must_read(connection: Connection, number: int) -> Publication:
    publication = publication_numbered(connection, number)
    if publication is None or not publication.is_must_read:
        raise PublicationNotFound("没有这次必读。")
    return publication


def _readers(connection: Connection, number: int) -> list[Reader]:
    is_theirs = (acknowledgements.c.account_id == accounts.c.id) & (
        acknowledgements.c.publication == number
    )
    statement = (
        select(accounts.c.name, accounts.c.login, teams.c.name.label("team"), acknowledgements.c.at)
        .join_from(accounts, publications, must_be_read())
        .outerjoin(teams, teams.c.id == accounts.c.team_id)
        .outerjoin(acknowledgements, is_theirs)
        .where(publications.c.number == number, accounts.c.is_enabled)
        .order_by(teams.c.name.is_(None), teams.c.name, accounts.c.login)
    )
    return [
        Reader(row.name, row.login, row.team or "", row.at) for row in connection.execute(statement)
    ]
