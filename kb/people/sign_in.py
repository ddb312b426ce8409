"""Signing in with login and password, and changing one's own password."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select, update

from kb.audit import record
from kb.clock import Clock
from kb.errors import AccountInvalid, SignInRefused
from kb.people.passwords import hash_password, is_outdated_hash, is_right_password
from kb.people.person import Person, read_login
from kb.people.rows import person_of, select_accounts
from kb.people.sessions import begin_session, end_session, end_sessions
from kb.people.throttle import SignInThrottle, note_success
from kb.state import reading, reported_failures
from kb.state.tables import accounts

_REFUSED = "登录名或密码不对。"
_WRONG_PASSWORD = "现在的密码不对。"  # noqa: S105 - a message


@dataclass(frozen=True, slots=True)
class _Credentials:
    """What a password is compared with."""

    person: Person
    password_hash: str


def store_password(connection: Connection, account_id: str, password_hash: str) -> None:
    """Store a new password within a transaction; every session of the account ends."""
    connection.execute(
        update(accounts).where(accounts.c.id == account_id).values(password_hash=password_hash)
    )
    end_sessions(connection, account_id)


class SignIn:
    """Compares passwords and begins sessions."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._throttle = SignInThrottle(engine, clock)

    def with_password(
        self, login: str, password: str, address: str, previous_session: str = ""
    ) -> str:
        """Return the id of a new session; the one that the browser had before ends.

        Raises SignInRefused, TooManyTries, DatabaseUnavailable.
        """
        attempt_id = self._throttle.admit(login, address)
        found = self._find(login)
        is_right = is_right_password(password, found.password_hash if found else "")
        if found is None or not is_right:
            raise SignInRefused(_REFUSED)
        newer_hash = hash_password(password) if is_outdated_hash(found.password_hash) else None
        with reported_failures(), self._engine.begin() as connection:
            # The account may have been switched off, or its password changed, meanwhile.
            unchanged = select(accounts.c.id).where(
                accounts.c.id == found.person.id,
                accounts.c.is_enabled,
                accounts.c.password_hash == found.password_hash,
            )
            if connection.execute(unchanged).first() is None:
                raise SignInRefused(_REFUSED)
            note_success(connection, attempt_id)
            if newer_hash:
                store_password(connection, found.person.id, newer_hash)
            end_session(connection, previous_session)
            return begin_session(connection, found.person, self._clock())

    def change_password(self, person: Person, current: str, new: str, address: str) -> str:
        """Return the id of a new session; all others of the account end.

        Raises SignInRefused, TooManyTries, AccountInvalid, DatabaseUnavailable.
        """
        attempt_id = self._throttle.admit(person.login, address)
        found = self._find(person.login)
        if not is_right_password(current, found.password_hash if found else ""):
            raise SignInRefused(_WRONG_PASSWORD)
        password_hash = hash_password(new)
        with reported_failures(), self._engine.begin() as connection:
            note_success(connection, attempt_id)
            store_password(connection, person.id, password_hash)
            record(connection, person, "password.changed", person.id)
            return begin_session(connection, person, self._clock())

    def _find(self, login: str) -> _Credentials | None:
        """Return what the password of an enabled account is compared with."""
        try:
            is_login = accounts.c.login == read_login(login)
        except AccountInvalid:
            return None
        of_login = select_accounts().where(is_login, accounts.c.is_enabled)
        with reading(self._engine) as connection:
            rows = connection.execute(of_login).all()
        return _Credentials(person_of(rows), rows[0].password_hash) if rows else None
