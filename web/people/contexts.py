"""What the pages of accounts show; see `web.contexts`."""

from __future__ import annotations

from dataclasses import dataclass

from kb.people import Role
from kb.people.accounts import Account
from kb.people.teams import Team
from web.contexts import Shell


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role that may be given."""

    role: Role
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What is filled in of a person."""

    login: str
    name: str
    team: str
    roles: tuple[RoleChoice, ...]
    teams: tuple[Team, ...]
    """Those that may be chosen; another name makes a new one."""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """All accounts and teams, and the form for another account."""

    shell: Shell
    accounts: tuple[Account, ...]
    form: PersonForm
    message: str
    """Why the account was not made, or empty."""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One account."""

    shell: Shell
    account: Account
    form: PersonForm
    message: str
    """Why it was not changed, or empty."""


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A one-time link, shown once."""

    shell: Shell
    name: str
    """Of the person for whom it is."""
    address: str
    hours: int
    """How long it is valid."""
