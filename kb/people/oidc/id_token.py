"""What an id token proves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidClaimError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

_SKEW_SECONDS = 60
# None that knows the signer's secret: what we know, others could sign with. And never `none`.
_ALGORITHMS = (
    *("RS256", "RS384", "RS512"),
    *("PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512"),
    *("EdDSA", "Ed25519"),
)
# As the standard limits it: printable ASCII.
_SUBJECT = re.compile(r"[ -~]{1,255}")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to the provider."""

    issuer: str
    subject: str
    """Never changes, and is never given to anybody else."""
    login: str
    """In lower case; empty when the provider says none, or none that is proven."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the token of one sign-in must say."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    """That came with it, or empty; its hash is compared if the token holds one."""
    now: datetime


def read_id_token(text: str, keys: KeySet, expected: Expectation, login_claim: str) -> Identity:
    """Return who the token names, if it is signed by one of `keys` and all else is as expected.

    Raises InvalidKeyIdError when its key is not among them, and other kinds of JoseError.
    """
    registry = JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)
    token = jwt.decode(text, keys, registry=registry)
    claims = CodeIDToken(
        token.claims,
        token.header,
        {
            "iss": {"essential": True, "value": expected.issuer},
            "aud": {"essential": True, "value": expected.client_id},
            "sub": {"essential": True},
        },
        {
            "nonce": expected.nonce,
            "client_id": expected.client_id,
            "access_token": expected.access_token,
        },
    )
    claims.validate(now=int(expected.now.timestamp()), leeway=_SKEW_SECONDS)
    if not _SUBJECT.fullmatch(claims["sub"]):
        raise InvalidClaimError("sub")
    return Identity(expected.issuer, claims["sub"], _login(claims, login_claim))


def _login(claims: dict[str, Any], login_claim: str) -> str:
    value = claims.get(login_claim)
    # Anybody may write somebody else's address where it is not verified.
    is_proven = login_claim != "email" or claims.get("email_verified") is True
    is_login = isinstance(value, str) and value.isascii() and value.isprintable()
    return str(value).lower() if is_login and is_proven else ""
