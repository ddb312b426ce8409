"""A sign-in with the provider: to it, back, and into a session."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, select, update

from kb.audit import record
from kb.clock import Clock
from kb.people.oidc.failures import error_code, refuse
from kb.people.oidc.requests import OidcRequest, keep_request, take_request
from kb.people.person import Person
from kb.people.rows import person_of, select_accounts
from kb.people.sessions import begin_session, end_session
from kb.settings import Settings
from kb.state import reported_failures
from kb.state.tables import accounts

if TYPE_CHECKING:
    from kb.people.oidc.id_token import Identity
    from kb.people.oidc.provider import OidcProvider

_RUN_OUT = "这次登录已经用过或过期了，请重新登录。"
_NOT_DONE = "公司账号登录没有完成：已取消，或公司账号系统没有同意。"
_NO_ACCOUNT = "您的公司账号还没有开通知识库，或已停用。请找管理员。"


@dataclass(frozen=True, slots=True)
class OidcStart:
    """A sign-in that begins."""

    address: str
    """Of the provider, where the browser goes."""
    state: str = field(repr=False)
    """What the browser keeps until it comes back."""


@dataclass(frozen=True, slots=True)
class OidcAnswer:
    """What a browser brings back from the provider; all of it may be made up. Empty: not there."""

    state: str
    kept_state: str
    """What the browser kept; the other one stands in the address."""
    code: str = field(repr=False)
    error: str
    issuer: str


@dataclass(frozen=True, slots=True)
class OidcSignedIn:
    """A sign-in that succeeded."""

    session_id: str = field(repr=False)
    next_path: str


class OidcSignIn:
    """Begins sessions of people whom the provider knows and an administrator gave an account."""

    def __init__(self, settings: Settings, engine: Engine, clock: Clock) -> None:
        """Ask the provider of `settings`, when it is needed."""
        self._settings = settings
        self._engine = engine
        self._clock = clock

    @cached_property
    def _provider(self) -> OidcProvider:
        # Here and not above: its libraries take 20 MB, and most processes never need them.
        from kb.people.oidc.provider import OidcProvider

        return OidcProvider(self._settings, self._clock)

    def begin(self, next_path: str) -> OidcStart:
        """Return where to send a browser that will go on to `next_path`.

        Raises ProviderUnavailable, DatabaseUnavailable.
        """
        request = OidcRequest(next_path)
        with reported_failures(), self._engine.begin() as connection:
            state = keep_request(connection, request, self._clock)
        return OidcStart(self._provider.sign_in_address(state, request), state)

    def finish(self, answer: OidcAnswer, previous_session: str = "") -> OidcSignedIn:
        """Return a new session; the one that the browser had before ends.

        Raises ProviderAnswerRefused, ProviderUnavailable, DatabaseUnavailable.
        """
        # Or somebody could make others sign in as themselves.
        if not hmac.compare_digest(answer.state.encode(), answer.kept_state.encode()):
            refuse("another browser began it", _RUN_OUT)
        with reported_failures(), self._engine.begin() as connection:
            request = take_request(connection, answer.state, self._clock)
        if request is None:
            refuse("it has been used or has run out", _RUN_OUT)
        if answer.issuer not in ("", self._settings.oidc_issuer):
            refuse("another issuer answers")
        if not answer.code:
            refuse(f"the provider says {error_code(answer.error)}", _NOT_DONE)
        identity = self._provider.redeem(answer.code, request)
        with reported_failures(), self._engine.begin() as connection:
            person = _account_of(connection, identity)
            end_session(connection, previous_session)
            session_id = begin_session(connection, person, self._clock())
        return OidcSignedIn(session_id, request.next_path)


def _account_of(connection: Connection, identity: Identity) -> Person:
    """Return whose account it is, linked at the first sign-in. Raises ProviderAnswerRefused."""
    # A space stands in no issuer's address.
    subject = f"{identity.issuer} {identity.subject}"
    is_theirs = accounts.c.oidc_subject == subject
    is_new = connection.execute(select(accounts.c.id).where(is_theirs)).first() is None
    if is_new:
        # The name counts this once: later somebody else may get it.
        connection.execute(
            update(accounts)
            .where(accounts.c.login == identity.login, accounts.c.oidc_subject.is_(None))
            .values(oidc_subject=subject)
        )
    rows = connection.execute(select_accounts().where(is_theirs, accounts.c.is_enabled)).all()
    if not rows:
        refuse("no enabled account", _NO_ACCOUNT)
    person = person_of(rows)
    if is_new:
        record(connection, person, "account.linked", person.id, {"subject": subject})
    return person
