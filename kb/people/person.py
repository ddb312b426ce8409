"""Somebody with an account."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.errors import AccountInvalid
from kb.people.permission import Permission, Role, permissions_of

MAX_NAME_CHARS = 40
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


def read_login(text: str) -> str:
    """Return a login as it is stored, in lower case. Raises AccountInvalid."""
    login = text.strip().lower()
    if not is_login(login):
        raise AccountInvalid(
            "登录名用 2 到 64 个小写字母、数字，中间可以有点、横线、下划线和 @，如 lin.xiao。"
        )
    return login


def is_login(text: str) -> bool:
    """Return whether an account could have it: in its field people type whatever comes to hand."""
    return _LOGIN.fullmatch(text.strip().lower()) is not None


def read_name(text: str) -> str:
    """Return the name of a person or a team as it is stored. Raises AccountInvalid."""
    name = " ".join(text.split())
    if not 0 < len(name) <= MAX_NAME_CHARS or not name.isprintable():
        raise AccountInvalid(f"名称要有 1 到 {MAX_NAME_CHARS} 个字。")
    return name


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, as the rest of the program knows them."""

    id: str
    """Of the account; never reused."""
    login: str
    name: str
    """As colleagues read it, also in the history of the content."""
    team: str
    """Name of the team, or empty."""
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Return whether one of the roles permits it."""
        return permission is Permission.PUBLIC or any(
            permission in permissions_of(role) for role in self.roles
        )
