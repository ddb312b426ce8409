"""Our side of a sign-in: people, database, clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select

from kb.clock import shanghai_now
from kb.people import Person, Role
from kb.people.accounts import Accounts
from kb.people.oidc import OidcAnswer, OidcSignedIn, OidcSignIn, OidcStart
from kb.people.sessions import Sessions
from kb.state.tables import sessions
from tests.web.oidc.running import RunningProvider, visit


class Desk:
    """Signs in whoever comes to the provider."""

    def __init__(self, provider: RunningProvider, engine: Engine, **changes: Any) -> None:
        self.engine = engine
        self.later = timedelta()
        self.sign_in = OidcSignIn(provider.settings(**changes), engine, self.now)

    def now(self) -> datetime:
        return shanghai_now() + self.later

    def add(self, login: str = "lin.xiao") -> Person:
        people = Accounts(self.engine, self.now)
        return people.create(None, login, "林晓", frozenset({Role.AGENT, Role.EDITOR}))

    def signs_in(self, **changes: str) -> OidcSignedIn:
        """Sign in whoever comes."""
        return self.comes_back(self.sign_in.begin("/"), **changes)

    def comes_back(self, start: OidcStart, **changes: str) -> OidcSignedIn:
        """Finish a sign-in after a visit to the provider; `changes` is what a browser alters."""
        brought = visit(start.address)
        answer = {
            "state": brought["state"],
            "kept_state": start.state,
            "code": brought.get("code", ""),
            "error": brought.get("error", ""),
            "issuer": brought.get("iss", ""),
        }
        return self.sign_in.finish(OidcAnswer(**answer | changes))

    def person(self, signed_in: OidcSignedIn) -> Person:
        session = Sessions(self.engine, self.now).find(signed_in.session_id)
        assert session is not None
        return session.person

    def is_empty_of_sessions(self) -> bool:
        with self.engine.connect() as connection:
            return connection.execute(select(sessions)).first() is None
