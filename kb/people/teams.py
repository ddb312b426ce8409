"""Teams: a name, and who belongs to it."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert, select

from kb.state.tables import teams


def find_or_add_team(connection: Connection, name: str) -> str | None:
    """Return the id of the team of that name, which is added if need be; None without a name."""
    if not name:
        return None
    team_id = connection.execute(select(teams.c.id).where(teams.c.name == name)).scalar()
    if team_id is None:
        team_id = secrets.token_hex(16)
        connection.execute(insert(teams), {"id": team_id, "name": name})
    return str(team_id)
