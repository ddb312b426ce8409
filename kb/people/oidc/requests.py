"""Sign-ins that are on their way to the provider and back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection, delete, insert

from kb.clock import Clock
from kb.people.sessions import hash_secret
from kb.state.tables import oidc_requests

CALLBACK = "/sign-in/oidc/callback"
"""The page of ours to which the provider sends people back."""
LONGEST = timedelta(minutes=10)
"""From the sign-in page and back: a password and a second factor at the provider."""
_RANDOM_BYTES = 32


def _random() -> str:
    return secrets.token_urlsafe(_RANDOM_BYTES)


@dataclass(frozen=True, slots=True)
class OidcRequest:
    """What the provider's answer is compared with."""

    next_path: str
    """Where to go afterwards."""
    nonce: str = field(default_factory=_random, repr=False)
    """Comes back inside the id token."""
    code_verifier: str = field(default_factory=_random, repr=False)
    """Proves to the provider that who redeems the code also asked for it."""


def keep_request(connection: Connection, request: OidcRequest, clock: Clock) -> str:
    """Return the state under which `request` is kept; those that have run out are cleared away."""
    state, now = _random(), clock()
    connection.execute(delete(oidc_requests).where(oidc_requests.c.expires_at <= now))
    row = {
        "state_hash": hash_secret(state),
        "nonce": request.nonce,
        "code_verifier": request.code_verifier,
        "next_path": request.next_path,
        "expires_at": now + LONGEST,
    }
    connection.execute(insert(oidc_requests), row)
    return state


def take_request(connection: Connection, state: str, clock: Clock) -> OidcRequest | None:
    """Return the request of `state` if it has not run out. It is there once."""
    statement = (
        delete(oidc_requests)
        .where(oidc_requests.c.state_hash == hash_secret(state))
        .returning(oidc_requests)
    )
    row = connection.execute(statement).first()
    if row is None or row.expires_at <= clock():
        return None
    return OidcRequest(row.next_path, row.nonce, row.code_verifier)
