"""What the pages around signing in show; see `web.contexts`."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts import Shell


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The form for login and password."""

    login: str
    """What was typed before."""
    next_path: str
    """Where to go afterwards."""
    message: str
    """Why it did not work, or empty."""
    has_provider: bool
    """Whether one may also sign in with the company's account."""


@dataclass(frozen=True, slots=True)
class WelcomePage:
    """The form that makes the first administrator."""

    token: str
    """Of the one-time link."""
    login: str
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """The form with which the holder of a link sets a password."""

    token: str
    """Of the one-time link."""
    login: str
    name: str
    """Whose it is."""
    message: str


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One's own account."""

    shell: Shell
    may_administer: bool
    """Whether the accounts of all are one's own business too."""
    has_password: bool
    """Otherwise one signs in with the company's account alone."""
    has_changed: bool
    """Whether the password has just been changed."""
    message: str
    """Why it was not, or empty."""
