"""How an account stands in the tables: one row for each of its roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from kb.people.permission import Role
from kb.people.person import Person
from kb.state.tables import account_roles, accounts, teams


def select_accounts(*more: ColumnElement[Any]) -> Select[Any]:
    """Return the statement that reads accounts, with `more` columns; one row a role."""
    return (
        select(
            accounts,
            func.coalesce(teams.c.name, "").label("team"),
            account_roles.c.role,
            *more,
        )
        .outerjoin(teams, teams.c.id == accounts.c.team_id)
        .outerjoin(account_roles, account_roles.c.account_id == accounts.c.id)
    )


def by_account(rows: Iterable[Row[Any]]) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows of one account after the other; they must be ordered by account."""
    for _, of_account in groupby(rows, key=lambda row: row.id):
        yield tuple(of_account)


def person_of(rows: Sequence[Row[Any]]) -> Person:
    """Return the person of the rows of an account."""
    first = rows[0]
    roles = frozenset(Role(row.role) for row in rows if row.role is not None)
    return Person(first.id, first.login, first.name, first.team, roles)
