"""Who sends a request."""

from __future__ import annotations

from dataclasses import dataclass

from kb.people import Permission, Person


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody signed in, somebody at this very machine, or nobody known."""

    person: Person | None = None
    csrf_token: str = ""
    """What the forms of the session carry; empty without one."""
    unread: int = 0
    """Notifications that wait for the person."""
    must_read: int = 0
    """Publications that the person still has to read."""
    is_local: bool = False
    """Whether one may read without an account: at this very machine, while there is none."""

    def may(self, permission: Permission) -> bool:
        """Return whether a route that needs `permission` is open to the visitor."""
        if self.person:
            return self.person.may(permission)
        is_reading = self.is_local and permission is Permission.READ
        return is_reading or permission is Permission.PUBLIC
