"""Roles, what each may do, and how a route says what it needs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any, TypeVar

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

_ATTRIBUTE = "kb_permission"


class Role(StrEnum):
    """What somebody is on the floor; one person may have several roles."""

    AGENT = "坐席"
    EDITOR = "编辑"
    REVIEWER = "审核"
    COMPLIANCE = "合规"
    TRAINER = "培训"
    SUPERVISOR = "主管"
    ADMINISTRATOR = "管理员"


class Permission(StrEnum):
    """What a route needs; every route names one."""

    PUBLIC = "不用登录"
    READ = "查阅规程"
    """Also without an account on this very machine, while there is no account at all."""
    ACCOUNT = "本人账号"
    """Whatever concerns oneself: sign out, password, notifications, 必读."""
    EDIT = "编辑草稿"
    SEE_CHANGES = "查看改动"
    REVIEW = "审核改动"
    """审核 or 合规; which of the two counts is decided with the change set."""
    SUSPEND = "紧急停用"
    ANSWER_QUESTIONS = "处理问题"
    SUPERVISE = "督办"
    SEE_FIGURES = "看板"
    TRAIN = "培训"
    AUDIT = "查阅审计"
    ADMINISTER = "管理账号"


_EVERYBODY = frozenset({Permission.READ, Permission.ACCOUNT})
_OFFICE = _EVERYBODY | {Permission.SEE_CHANGES, Permission.SEE_FIGURES}
_ROLES: dict[Role, frozenset[Permission]] = {
    Role.AGENT: _EVERYBODY,
    Role.EDITOR: _OFFICE | {Permission.EDIT, Permission.ANSWER_QUESTIONS},
    Role.REVIEWER: _OFFICE | {Permission.REVIEW, Permission.SUSPEND},
    Role.COMPLIANCE: _OFFICE | {Permission.REVIEW, Permission.SUSPEND, Permission.AUDIT},
    Role.TRAINER: _OFFICE | {Permission.TRAIN},
    Role.SUPERVISOR: _OFFICE
    | {Permission.SUSPEND, Permission.ANSWER_QUESTIONS, Permission.SUPERVISE},
    Role.ADMINISTRATOR: _OFFICE | {Permission.AUDIT, Permission.ADMINISTER},
}


def permissions_of(role: Role) -> frozenset[Permission]:
    """Return what `role` may do; `PUBLIC` needs no role and is in none."""
    return _ROLES[role]


def name_roles(roles: Collection[Role]) -> str:
    """Return roles as staff read them, always in the same order: 编辑、审核."""
    return "、".join(role for role in Role if role in roles)


def requires(permission: Permission) -> Callable[[Endpoint], Endpoint]:
    """Declare what the decorated endpoint needs; a route without this does not start."""

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _ATTRIBUTE, permission)
        return endpoint

    return declare


def permission_of(endpoint: Callable[..., Any]) -> Permission | None:
    """Return what `endpoint` was declared to need, or None when nothing was declared."""
    return getattr(endpoint, _ATTRIBUTE, None)
