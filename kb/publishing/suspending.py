"""Suspensions in the database: who may begin, ask to end and end them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, insert, select, update

from kb.audit import record
from kb.errors import EditConflict, PermissionDenied, QueryInvalid, SuspensionNotFound
from kb.notifications import notify, notify_role
from kb.people import Permission, Person, Role, permissions_of
from kb.privacy import mask_stored_text
from kb.publishing.suspension import Suspension
from kb.state import reading, reported_failures
from kb.state.tables import account_roles, accounts, suspensions

MAX_REASON_CHARS = 200
_COLUMNS = suspensions.c
_PAGE = "/suspensions"


class Suspensions:
    """The suspensions of one database. All methods raise DatabaseUnavailable."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def active(self) -> list[Suspension]:
        """Return what is suspended now, the latest first."""
        with reading(self._engine) as connection:
            return active_suspensions(connection)

    def of(self, procedure_id: str) -> list[Suspension]:
        """Return all suspensions of a procedure, ended ones included, the latest first."""
        with reading(self._engine) as connection:
            return _listed(connection, select(suspensions).filter_by(procedure_id=procedure_id))

    def suspend(self, by: Person, procedure_id: str, address: str, reason: str) -> Suspension:
        """Take a step, or with an empty address a whole procedure, out of use at once.

        Raises PermissionDenied, QueryInvalid without a reason, EditConflict when it is suspended
        already.
        """
        said = mask_stored_text(reason).strip()
        if not 0 < len(said) <= MAX_REASON_CHARS:
            raise QueryInvalid(f"请写明停用的原因，最多 {MAX_REASON_CHARS} 字。")
        now = datetime.now(UTC)
        id_ = secrets.token_hex(16)
        made = Suspension(id_, procedure_id, address, said, by.id, now, None, None, None, None)
        with self._deciding(by) as connection:
            same = select(suspensions).filter_by(procedure_id=procedure_id, address=address)
            if _listed(connection, same.where(_COLUMNS.lifted_at.is_(None))):
                raise EditConflict("已经停用了，请刷新页面。")
            connection.execute(insert(suspensions), asdict(made))
            record(connection, by, "suspension.started", made.subject, {"reason": said})
            text = f"{made.subject} 暂停使用：{said}"
            notify_role(connection, Role.EDITOR, text, _PAGE, {by.id})
        return made

    def ask_lift(self, by: Person, suspension_id: str) -> None:
        """Ask for a suspension to be lifted; somebody else has to do it.

        Raises PermissionDenied, SuspensionNotFound, EditConflict when somebody has asked already.
        """
        with self._deciding(by) as connection:
            found = _take(connection, suspension_id)
            if found.lift_asked_by is not None:
                raise EditConflict("已经有人申请恢复，由另一个人确认就可以。")
            _set(connection, found, lift_asked_by=by.id, lift_asked_at=datetime.now(UTC))
            record(connection, by, "suspension.lift-asked", found.subject)
            text = f"{found.subject} 申请恢复使用，等另一个人确认"
            notify(connection, _deciders(connection) - {by.id}, text, _PAGE)

    def lift(self, by: Person, suspension_id: str) -> None:
        """Give back to use what another person has asked for.

        Raises PermissionDenied, also for who asked, SuspensionNotFound, EditConflict when nobody
        has asked.
        """
        with self._deciding(by) as connection:
            found = _take(connection, suspension_id)
            if found.lift_asked_by is None:
                raise EditConflict("恢复使用要两个人：请先申请恢复，再由另一个人确认。")
            if found.lift_asked_by == by.id:
                raise PermissionDenied("恢复使用要两个人：您申请的，由另一个人确认。")
            _set(connection, found, lifted_by=by.id, lifted_at=datetime.now(UTC))
            record(connection, by, "suspension.lifted", found.subject)

    @contextmanager
    def _deciding(self, by: Person) -> Iterator[Connection]:
        if not by.may(Permission.SUSPEND):
            raise PermissionDenied
        with reported_failures(), self._engine.begin() as connection:
            yield connection


def active_suspensions(connection: Connection) -> list[Suspension]:
    """Return what is suspended now, the latest first."""
    return _listed(connection, select(suspensions).where(_COLUMNS.lifted_at.is_(None)))


def _deciders(connection: Connection) -> set[str]:
    """Return the accounts that may suspend."""
    roles = [role for role in Role if Permission.SUSPEND in permissions_of(role)]
    chosen = select(accounts.c.id).join(account_roles).where(account_roles.c.role.in_(roles))
    return set(connection.scalars(chosen.where(accounts.c.is_enabled)))


def _listed(connection: Connection, chosen: Select[Any]) -> list[Suspension]:
    rows = connection.execute(chosen.order_by(_COLUMNS.suspended_at.desc(), _COLUMNS.id))
    return [Suspension(**row) for row in rows.mappings()]


def _take(connection: Connection, suspension_id: str) -> Suspension:
    """Return a suspension that nobody else can change until the transaction ends."""
    chosen = select(suspensions).filter_by(id=suspension_id).with_for_update()
    found = _listed(connection, chosen.where(_COLUMNS.lifted_at.is_(None)))
    if not found:
        raise SuspensionNotFound("没有这次停用，可能已经恢复了。请刷新页面。")
    return found[0]


def _set(connection: Connection, found: Suspension, **values: Any) -> None:
    connection.execute(update(suspensions).filter_by(id=found.id).values(values))
