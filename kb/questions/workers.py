"""To whom a question may be given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from kb.errors import QueryInvalid
from kb.people import Permission, Role, permissions_of
from kb.questions.question import QuestionKind
from kb.state import reading
from kb.state.tables import account_roles, accounts, teams


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who may see to a question."""

    id: str
    name: str
    team: str
    """Name, or empty."""


def list_workers(engine: Engine, kind: QuestionKind) -> list[Worker]:
    """Return who may see to a question of a kind, by team and name. Raises DatabaseUnavailable."""
    with reading(engine) as connection:
        rows = connection.execute(_workers(kind)).all()
    workers = [Worker(row.id, row.name, row.team or "") for row in rows]
    return sorted(workers, key=lambda worker: (worker.team, worker.name))


def name_of_worker(connection: Connection, kind: QuestionKind, account_id: str) -> str:
    """Return the name of somebody who may see to a question of a kind. Raises QueryInvalid."""
    row = connection.execute(_workers(kind).where(accounts.c.id == account_id)).first()
    if row is None:
        raise QueryInvalid("请选择能处理这个问题的人。")
    return str(row.name)


def _workers(kind: QuestionKind) -> Select[Any]:
    # A promise is kept by whoever can call; other questions need somebody who answers them.
    is_promise = kind is QuestionKind.PROMISED
    needed = Permission.ACCOUNT if is_promise else Permission.ANSWER_QUESTIONS
    roles = [role for role in Role if needed in permissions_of(role)]
    return (
        select(accounts.c.id, accounts.c.name, teams.c.name.label("team"))
        .join(account_roles, account_roles.c.account_id == accounts.c.id)
        .outerjoin(teams, teams.c.id == accounts.c.team_id)
        .where(accounts.c.is_enabled, account_roles.c.role.in_(roles))
        .distinct()
    )
