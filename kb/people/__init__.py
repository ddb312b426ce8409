"""People: accounts, roles, sign-in.

What needs the database is imported where it is used.
"""

from kb.people.permission import (
    Permission,
    Role,
    name_roles,
    permission_of,
    permissions_of,
    requires,
)
from kb.people.person import Person

__all__ = [
    "Permission",
    "Person",
    "Role",
    "name_roles",
    "permission_of",
    "permissions_of",
    "requires",
]
