"""Sessions on the server: who is signed in, since when, until when.

The browser holds a random id; the table holds only its hash.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, update

from kb.audit import record
from kb.clock import Clock
from kb.people.person import Person
from kb.people.rows import person_of, select_accounts
from kb.people.waiting import unread_notifications, unread_publications
from kb.state import reading, reported_failures
from kb.state.tables import accounts, sessions

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
"""One shift."""
SEEN_AFTER = timedelta(minutes=1)
"""How old `seen_at` may grow before it is written again."""
_ID_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has neither ended nor run out."""

    person: Person
    seen_at: datetime
    """At most `SEEN_AFTER` too early."""
    expires_at: datetime
    unread: int
    """Notifications that wait for the person."""
    must_read: int
    """Publications that the person still has to read."""

    def is_live(self, now: datetime) -> bool:
        """Return whether it has not run out."""
        return now < min(self.expires_at, self.seen_at + IDLE)


def csrf_token(session_id: str) -> str:
    """Return what the forms of a session carry; it does not tell the id."""
    return hmac.new(session_id.encode(), b"csrf", hashlib.sha256).hexdigest()


def hash_secret(secret: str) -> str:
    """Return what is stored of a session's id or a link's token: both are random."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin_session(connection: Connection, person: Person, now: datetime) -> str:
    """Return the id of a new session; sessions that have run out are cleared away."""
    has_run_out = (sessions.c.expires_at <= now) | (sessions.c.seen_at <= now - IDLE)
    connection.execute(delete(sessions).where(has_run_out))
    session_id = secrets.token_urlsafe(_ID_BYTES)
    row = {
        "id_hash": hash_secret(session_id),
        "account_id": person.id,
        "created_at": now,
        "seen_at": now,
        "expires_at": now + LONGEST,
    }
    connection.execute(insert(sessions), row)
    record(connection, person, "session.begun", person.id)
    return session_id


def end_session(connection: Connection, session_id: str) -> None:
    """End the session with that id, if there is one."""
    connection.execute(delete(sessions).where(sessions.c.id_hash == hash_secret(session_id)))


def end_sessions(connection: Connection, account_id: str) -> None:
    """End every session of an account."""
    connection.execute(delete(sessions).where(sessions.c.account_id == account_id))


class Sessions:
    """The sessions in the database."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def find(self, session_id: str) -> Session | None:
        """Return the session if it is live and its account enabled: one statement.

        Raises DatabaseUnavailable.
        """
        statement = (
            select_accounts(
                sessions.c.seen_at,
                sessions.c.expires_at,
                unread_notifications().label("unread"),
                unread_publications().label("must_read"),
            )
            .join(sessions, sessions.c.account_id == accounts.c.id)
            .where(sessions.c.id_hash == hash_secret(session_id), accounts.c.is_enabled)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(statement).all()
        if not rows:
            return None
        first = rows[0]
        found = Session(
            person_of(rows), first.seen_at, first.expires_at, first.unread, first.must_read
        )
        return found if found.is_live(self._clock()) else None

    def note_seen(self, session_id: str) -> None:
        """Move the idle time of a session. Raises DatabaseUnavailable."""
        statement = (
            update(sessions)
            .where(sessions.c.id_hash == hash_secret(session_id))
            .values(seen_at=self._clock())
        )
        with reported_failures(), self._engine.begin() as connection:
            connection.execute(statement)

    def end(self, person: Person, session_id: str) -> None:
        """End the session in which somebody signs out. Raises DatabaseUnavailable."""
        with reported_failures(), self._engine.begin() as connection:
            end_session(connection, session_id)
            record(connection, person, "session.ended", person.id)

    def end_all(self, person: Person) -> None:
        """End every session of somebody. Raises DatabaseUnavailable."""
        with reported_failures(), self._engine.begin() as connection:
            end_sessions(connection, person.id)
            record(connection, person, "sessions.ended", person.id)
