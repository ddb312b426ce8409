"""Accounts in the database. They are switched off, never deleted: the history names them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from kb.audit import record
from kb.clock import Clock, shanghai_now
from kb.errors import AccountInvalid, AccountNotFound, LastAdministrator
from kb.people.permission import Role, name_roles
from kb.people.person import Person, read_login, read_name
from kb.people.rows import by_account, person_of, select_accounts
from kb.people.sessions import end_sessions
from kb.people.teams import find_or_add_team
from kb.state import reading, reported_failures
from kb.state.tables import account_roles, accounts

_NO_ACCOUNT = "没有这个账号。"


@dataclass(frozen=True, slots=True)
class Account:
    """An account as an administrator sees it."""

    person: Person
    is_enabled: bool
    has_password: bool
    is_linked: bool
    """Whether the person signs in with the company's provider."""
    created_at: datetime

    @property
    def state(self) -> str:
        """Whether the person can sign in, in a word for staff."""
        if not self.is_enabled:
            return "停用"
        return "在用" if self.has_password or self.is_linked else "未设密码"

    def as_json(self) -> dict[str, Any]:
        """Return what programs read of it."""
        return {
            "id": self.person.id,
            "login": self.person.login,
            "name": self.person.name,
            "roles": [role for role in Role if role in self.person.roles],
            "team": self.person.team,
            "enabled": self.is_enabled,
            "has_password": self.has_password,
            "linked": self.is_linked,
            "created_at": self.created_at.isoformat(timespec="seconds"),
        }


def read_roles(values: Iterable[str]) -> frozenset[Role]:
    """Return the roles of their names. Raises AccountInvalid for none and for unknown ones."""
    names = list(values)
    known = {role.value: role for role in Role}
    if not names or not known.keys() >= set(names):
        raise AccountInvalid(f"至少选一个角色：{'、'.join(known)}。")
    return frozenset(known[name] for name in names)


def has_accounts(connection: Connection) -> bool:
    """Return whether there is any account, enabled or not."""
    return connection.execute(select(accounts.c.id).limit(1)).first() is not None


def add_account(
    connection: Connection, login: str, name: str, roles: frozenset[Role], team: str, now: datetime
) -> Person:
    """Add an account without a password within a transaction; whoever calls audits it.

    Raises AccountInvalid.
    """
    login, name = read_login(login), read_name(name)
    if connection.execute(select(accounts.c.id).where(accounts.c.login == login)).first():
        raise AccountInvalid(f"登录名“{login}”已经有人用了。")
    person = Person(secrets.token_hex(16), login, name, read_name(team) if team else "", roles)
    row = {
        "id": person.id,
        "login": login,
        "name": name,
        "password_hash": "",
        "team_id": find_or_add_team(connection, person.team),
        "is_enabled": True,
        "created_at": now,
    }
    connection.execute(insert(accounts), row)
    _write_roles(connection, person.id, roles)
    return person


def _write_roles(connection: Connection, account_id: str, roles: frozenset[Role]) -> None:
    connection.execute(delete(account_roles).where(account_roles.c.account_id == account_id))
    rows = [{"account_id": account_id, "role": role} for role in roles]
    connection.execute(insert(account_roles), rows)


class Accounts:
    """Reads and changes accounts. Every change is audited, and ends the sessions it touches.

    `by` is who does it; None is the command line.
    """

    def __init__(self, engine: Engine, clock: Clock = shanghai_now) -> None:
        self._engine = engine
        self._clock = clock

    def exist(self) -> bool:
        """Return whether there is any account. Raises DatabaseUnavailable."""
        with reading(self._engine) as connection:
            return has_accounts(connection)

    def all(self) -> list[Account]:
        """Return all accounts, by login. Raises DatabaseUnavailable."""
        with reading(self._engine) as connection:
            rows = connection.execute(select_accounts().order_by(accounts.c.login)).all()
        return [
            Account(
                person_of(group),
                group[0].is_enabled,
                bool(group[0].password_hash),
                group[0].oidc_subject is not None,
                group[0].created_at,
            )
            for group in by_account(rows)
        ]

    def get(self, account_id: str) -> Account:
        """Return an account. Raises AccountNotFound, DatabaseUnavailable."""
        for account in self.all():
            if account.person.id == account_id:
                return account
        raise AccountNotFound(_NO_ACCOUNT)

    def find(self, login: str) -> Account | None:
        """Return the account of a login, in capitals or not. Raises DatabaseUnavailable."""
        login = login.strip().lower()
        return next((item for item in self.all() if item.person.login == login), None)

    def create(
        self, by: Person | None, login: str, name: str, roles: frozenset[Role], team: str = ""
    ) -> Person:
        """Return whom a new account is for; it has no password yet.

        Raises AccountInvalid, DatabaseUnavailable.
        """
        with reported_failures(), self._engine.begin() as connection:
            person = add_account(connection, login, name, roles, team, self._clock())
            details = {"login": person.login, "name": person.name, "roles": name_roles(roles)}
            record(connection, by, "account.created", person.id, details | {"team": person.team})
        return person

    def change(
        self, by: Person | None, account_id: str, name: str, roles: frozenset[Role], team: str
    ) -> None:
        """Change who somebody is; other roles end the sessions.

        Raises AccountNotFound, AccountInvalid, LastAdministrator, DatabaseUnavailable.
        """
        name, team = read_name(name), read_name(team) if team else ""
        with reported_failures(), self._engine.begin() as connection:
            before = _person(connection, account_id)
            if before.roles != roles:
                _write_roles(connection, account_id, roles)
                _keep_an_administrator(connection)
                end_sessions(connection, account_id)
            connection.execute(
                update(accounts)
                .where(accounts.c.id == account_id)
                .values(name=name, team_id=find_or_add_team(connection, team))
            )
            details = {"name": name, "roles": name_roles(roles), "team": team}
            details["roles_before"] = name_roles(before.roles)
            record(connection, by, "account.changed", account_id, details)

    def enable(self, by: Person | None, account_id: str) -> None:
        """Let somebody sign in again. Raises AccountNotFound, DatabaseUnavailable."""
        self._switch(by, account_id, True)

    def disable(self, by: Person | None, account_id: str) -> None:
        """Lock somebody out, at once.

        Raises AccountNotFound, LastAdministrator, DatabaseUnavailable.
        """
        self._switch(by, account_id, False)

    def _switch(self, by: Person | None, account_id: str, is_enabled: bool) -> None:
        with reported_failures(), self._engine.begin() as connection:
            _person(connection, account_id)
            connection.execute(
                update(accounts).where(accounts.c.id == account_id).values(is_enabled=is_enabled)
            )
            if not is_enabled:
                _keep_an_administrator(connection)
                end_sessions(connection, account_id)
            action = "account.enabled" if is_enabled else "account.disabled"
            record(connection, by, action, account_id)


def _person(connection: Connection, account_id: str) -> Person:
    """Return the person of an account, whose row nobody else changes meanwhile."""
    statement = select_accounts().where(accounts.c.id == account_id)
    rows = connection.execute(statement.with_for_update(of=accounts)).all()
    if not rows:
        raise AccountNotFound(_NO_ACCOUNT)
    return person_of(rows)


def _keep_an_administrator(connection: Connection) -> None:
    """Raise LastAdministrator when the transaction would leave no enabled one."""
    administrators = (
        select(accounts.c.id)
        .join(account_roles, account_roles.c.account_id == accounts.c.id)
        .where(accounts.c.is_enabled, account_roles.c.role == Role.ADMINISTRATOR)
    )
    if connection.execute(administrators).first() is None:
        raise LastAdministrator
