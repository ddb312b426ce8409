"""How often somebody may try to sign in. Counted in the database: every process counts together."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    update,
)

from kb.clock import Clock
from kb.errors import TooManyTries
from kb.state import reported_failures
from kb.state.tables import sign_in_attempts

WINDOW = timedelta(minutes=15)
MOST_PER_LOGIN = 10
MOST_PER_ADDRESS = 50
KNOWN_FOR = timedelta(days=30)
"""How long an address from which somebody signed in counts as theirs."""
_IPV6_NETWORK = 64

_at = sign_in_attempts.c.at


class SignInThrottle:
    """Admits tries to sign in, and refuses them when too many have failed lately."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def admit(self, login: str, address: str) -> str:
        """Return the id of a try, which counts as failed until it is noted as good.

        Where somebody signed in lately only their own failures from there count: strangers cannot
        lock them out. Raises TooManyTries, DatabaseUnavailable.
        """
        login_hash = hashlib.sha256(login.strip().lower().encode(errors="replace")).hexdigest()
        address, now = _network(address), self._clock()
        with reported_failures(), self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # Tries at the same time would not see each other; SQLite writes in turn anyway.
                connection.execute(text("LOCK TABLE sign_in_attempts IN EXCLUSIVE MODE"))
            connection.execute(delete(sign_in_attempts).where(_at < now - KNOWN_FOR))
            if _has_failed_too_often(connection, login_hash, address, now):
                raise TooManyTries(int(WINDOW.total_seconds() // 60))
            row = {
                "id": secrets.token_hex(16),
                "at": now,
                "login_hash": login_hash,
                "address": address,
                "succeeded": False,
            }
            connection.execute(insert(sign_in_attempts), row)
        return str(row["id"])


def note_success(connection: Connection, attempt_id: str) -> None:
    """Note within the transaction that signs in that the try was good."""
    connection.execute(
        update(sign_in_attempts).where(sign_in_attempts.c.id == attempt_id).values(succeeded=True)
    )


def _has_failed_too_often(
    connection: Connection, login_hash: str, address: str, now: datetime
) -> bool:
    of_login = sign_in_attempts.c.login_hash == login_hash
    from_address = sign_in_attempts.c.address == address

    def failures(*conditions: ColumnElement[bool]) -> int:
        has_failed = ~sign_in_attempts.c.succeeded
        statement = select(func.count()).where(has_failed, _at > now - WINDOW, *conditions)
        return int(connection.execute(statement).scalar_one())

    is_known = select(exists().where(of_login, from_address, sign_in_attempts.c.succeeded))
    if connection.execute(is_known).scalar_one():
        return failures(of_login, from_address) >= MOST_PER_LOGIN
    return failures(of_login) >= MOST_PER_LOGIN or failures(from_address) >= MOST_PER_ADDRESS


def _network(address: str) -> str:
    """Return what counts as one address: who has one of IPv6 usually has 2⁶⁴ of them."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, _IPV6_NETWORK), strict=False))
