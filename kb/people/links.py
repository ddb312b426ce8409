"""One-time links: with them somebody sets a password, or becomes the first administrator."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, insert, select, update

from kb.audit import record
from kb.clock import Clock, shanghai_now
from kb.errors import LinkInvalid
from kb.people.accounts import add_account, has_accounts
from kb.people.passwords import hash_password
from kb.people.permission import Role
from kb.people.person import Person
from kb.people.rows import person_of, select_accounts
from kb.people.sessions import begin_session, hash_secret
from kb.people.sign_in import store_password
from kb.state import reading, reported_failures
from kb.state.tables import accounts, one_time_links

VALID_FOR = timedelta(hours=24)
_TOKEN_BYTES = 32


class OneTimeLinks:
    """Makes and takes the tokens of links. The table holds only their hashes."""

    def __init__(self, engine: Engine, clock: Clock = shanghai_now) -> None:
        self._engine = engine
        self._clock = clock

    def make(self, by: Person | None, account_id: str | None) -> str:
        """Return the token of a link with which the account's password is set.

        Without an account the link makes the first administrator. Earlier links for the same end.
        Raises DatabaseUnavailable.
        """
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self._clock()
        is_of_account = one_time_links.c.account_id.is_not_distinct_from(account_id)
        row = {
            "token_hash": hash_secret(token),
            "account_id": account_id,
            "expires_at": now + VALID_FOR,
        }
        with reported_failures(), self._engine.begin() as connection:
            connection.execute(delete(one_time_links).where(is_of_account))
            connection.execute(insert(one_time_links), row)
            record(connection, by, "link.made", account_id or "")
        return token

    def person(self, token: str) -> Person:
        """Return for whom a link sets the password. Raises LinkInvalid, DatabaseUnavailable."""
        with reading(self._engine) as connection:
            return self._person(connection, token)

    def check_first(self, token: str) -> None:
        """Return if a link makes the first administrator.

        Raises LinkInvalid, DatabaseUnavailable.
        """
        with reading(self._engine) as connection:
            self._check_first(connection, token)

    def set_password(self, token: str, password: str) -> str:
        """Return the id of a session of the person whose password is now set.

        Raises LinkInvalid, AccountInvalid, DatabaseUnavailable.
        """
        self.person(token)  # before a password is hashed for nothing
        password_hash = hash_password(password)
        with reported_failures(), self._engine.begin() as connection:
            person = self._person(connection, token)
            self._use(connection, token)
            store_password(connection, person.id, password_hash)
            record(connection, person, "password.set", person.id)
            return begin_session(connection, person, self._clock())

    def make_first_administrator(self, token: str, login: str, name: str, password: str) -> str:
        """Return the id of a session of the first administrator.

        Raises LinkInvalid, AccountInvalid, DatabaseUnavailable.
        """
        self.check_first(token)  # before a password is hashed for nothing
        password_hash = hash_password(password)
        with reported_failures(), self._engine.begin() as connection:
            self._check_first(connection, token)
            self._use(connection, token)
            now, roles = self._clock(), frozenset({Role.ADMINISTRATOR})
            person = add_account(connection, login, name, roles, "", now)
            store_password(connection, person.id, password_hash)
            details = {"login": person.login, "name": person.name}
            record(connection, person, "account.created", person.id, details)
            return begin_session(connection, person, now)

    def _person(self, connection: Connection, token: str) -> Person:
        statement = (
            select_accounts()
            .join(one_time_links, one_time_links.c.account_id == accounts.c.id)
            .where(self._is_valid(token), accounts.c.is_enabled)
        )
        rows = connection.execute(statement).all()
        if not rows:
            raise LinkInvalid
        return person_of(rows)

    def _check_first(self, connection: Connection, token: str) -> None:
        is_first = one_time_links.c.account_id.is_(None)
        statement = select(one_time_links.c.token_hash).where(self._is_valid(token), is_first)
        if has_accounts(connection) or connection.execute(statement).first() is None:
            raise LinkInvalid

    def _is_valid(self, token: str) -> ColumnElement[bool]:
        return and_(
            one_time_links.c.token_hash == hash_secret(token),
            one_time_links.c.used_at.is_(None),
            one_time_links.c.expires_at > self._clock(),
        )

    def _use(self, connection: Connection, token: str) -> None:
        """Take the link: of two who do so at the same time one finds it used."""
        statement = update(one_time_links).where(self._is_valid(token))
        if connection.execute(statement.values(used_at=self._clock())).rowcount != 1:
            raise LinkInvalid
