"""Teams: a name, and who belongs to it. A team begins with its first member."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, insert, select, update

from kb.audit import record
from kb.errors import AccountInvalid, AccountNotFound
from kb.people.person import Person, read_name
from kb.state import reading, reported_failures
from kb.state.tables import accounts, teams


@dataclass(frozen=True, slots=True)
class Team:
    """A team and how many belong to it."""

    id: str
    name: str
    members: int
    """Those whose account is enabled."""


def find_or_add_team(connection: Connection, name: str) -> str | None:
    """Return the id of the team of that name, which is added if need be; None without a name."""
    if not name:
        return None
    team_id = connection.execute(select(teams.c.id).where(teams.c.name == name)).scalar()
    if team_id is None:
        team_id = secrets.token_hex(16)
        connection.execute(insert(teams), {"id": team_id, "name": name})
    return str(team_id)


class Teams:
    """Reads and names teams."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[Team]:
        """Return all teams, by name. Raises DatabaseUnavailable."""
        is_member = (accounts.c.team_id == teams.c.id) & accounts.c.is_enabled
        statement = (
            select(teams.c.id, teams.c.name, func.count(accounts.c.id).label("members"))
            .outerjoin(accounts, is_member)
            .group_by(teams.c.id, teams.c.name)
            .order_by(teams.c.name)
        )
        with reading(self._engine) as connection:
            return [Team(row.id, row.name, row.members) for row in connection.execute(statement)]

    def rename(self, by: Person, team_id: str, name: str) -> None:
        """Give a team another name. Raises AccountNotFound, AccountInvalid, DatabaseUnavailable."""
        name = read_name(name)
        with reported_failures(), self._engine.begin() as connection:
            of_team = teams.c.id == team_id
            before = connection.execute(select(teams.c.name).where(of_team)).scalar()
            if before is None:
                raise AccountNotFound("没有这个班组。")
            others = select(teams.c.id).where(teams.c.name == name, ~of_team)
            if connection.execute(others).first():
                raise AccountInvalid(f"已经有叫“{name}”的班组。")
            connection.execute(update(teams).where(of_team).values(name=name))
            record(connection, by, "team.renamed", team_id, {"from": before, "to": name})
