"""Somebody with an account."""

from __future__ import annotations

from dataclasses import dataclass

from kb.people.permission import Permission, Role, permissions_of


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
