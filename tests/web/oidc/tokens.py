"""Id tokens as a provider signs them, and as nobody may take them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry, serialize_compact
from joserfc.registry import HeaderParameter

Claims = dict[str, Any]

_ANY_HEADER = JWSRegistry(
    {"x": HeaderParameter("only we know it", "str")},
    algorithms=["RS256"],
    strict_check_header=False,
)


@dataclass(frozen=True)
class Signer:
    """What a provider signs with."""

    key: RSAKey
    """Published."""
    strange_key: RSAKey
    """Published by nobody."""
    client_secret: str

    def sign(self, claims: Claims, **header: Any) -> str:
        """Return a good token."""
        return self._signed(self.key, self.key, claims, **header)

    def sign_strangely(self, claims: Claims, **header: Any) -> str:
        """Return a token that names the published key and is signed with the other."""
        return self._signed(self.strange_key, self.key, claims, **header)

    def sign_with_secret(self, secret: bytes, claims: Claims) -> str:
        """Return a token of HS256, which anybody can make who knows `secret`."""
        text = f"{_part({'alg': 'HS256', 'kid': self.key.kid})}.{_part(claims)}"
        return f"{text}.{_base64(hmac.digest(secret, text.encode(), 'sha256'))}"

    def _signed(self, key: RSAKey, named: RSAKey, claims: Claims, **header: Any) -> str:
        header = {"alg": "RS256", "kid": named.kid, **header}
        return serialize_compact(header, json.dumps(claims), key, registry=_ANY_HEADER)


def new_signer(client_secret: str) -> Signer:
    """Return a signer with new keys."""
    keys = [RSAKey.generate_key(2048, auto_kid=True) for _ in range(2)]
    return Signer(*keys, client_secret)


def at_hash(access_token: str) -> str:
    """Return the hash of an access token as an id token holds it."""
    return _base64(hashlib.sha256(access_token.encode()).digest()[:16])


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _part(content: Claims) -> str:
    return _base64(json.dumps(content).encode())


def _with(**changes: Any) -> Callable[[Signer, Claims], str]:
    """Return what signs other claims; None leaves a claim out."""

    def sign(signer: Signer, claims: Claims) -> str:
        changed = {**claims, **changes}
        return signer.sign({name: value for name, value in changed.items() if value is not None})

    return sign


def _in(seconds: int, name: str) -> Callable[[Signer, Claims], str]:
    return lambda signer, claims: signer.sign({**claims, name: int(time.time()) + seconds})


BAD_TOKENS: dict[str, Callable[[Signer, Claims], str]] = {
    "wrong-issuer": _with(iss="https://elsewhere.example.com"),
    "no-issuer": _with(iss=None),
    "wrong-audience": _with(aud="another-client"),
    "several-audiences": lambda signer, claims: signer.sign(
        {**claims, "aud": [claims["aud"], "another-client"]}
    ),
    "wrong-party": _with(azp="another-client"),
    "no-audience": _with(aud=None),
    "audience-of-numbers": _with(aud=[1, 2]),
    "expired": _in(-61, "exp"),
    "no-expiry": _with(exp=None),
    "expiry-in-words": _with(exp="tomorrow"),
    "issued-tomorrow": _in(86_400, "iat"),
    "not-yet-valid": _in(3600, "nbf"),
    "wrong-nonce": _with(nonce="another"),
    "no-nonce": _with(nonce=None),
    "no-subject": _with(sub=None),
    "empty-subject": _with(sub=""),
    "subject-of-many-signs": _with(sub="x" * 256),
    "subject-with-nul": _with(sub="a\0b"),
    "subject-of-half-a-sign": _with(sub="\ud800"),
    "wrong-hash-of-access-token": _with(at_hash=at_hash("another")),
    "hash-of-access-token-is-a-number": _with(at_hash=7),
    "alg-none": lambda _, claims: f"{_part({'alg': 'none'})}.{_part(claims)}.",
    "alg-none-in-capitals": lambda _, claims: f"{_part({'alg': 'NONE'})}.{_part(claims)}.",
    "hs256-public-key": lambda signer, claims: signer.sign_with_secret(
        signer.key.as_pem(private=False), claims
    ),
    "hs256-client-secret": lambda signer, claims: signer.sign_with_secret(
        signer.client_secret.encode(), claims
    ),
    "unknown-key": lambda signer, claims: signer.sign_strangely(claims, kid=signer.strange_key.kid),
    "another-key-of-that-name": lambda signer, claims: signer.sign_strangely(claims),
    "key-in-the-header": lambda signer, claims: signer.sign_strangely(
        claims, jwk=signer.strange_key.as_dict(private=False)
    ),
    "unknown-critical-header": lambda signer, claims: signer.sign(claims, crit=["x"], x="y"),
    "changed-afterwards": lambda signer, claims: _with_other_claims(signer.sign(claims)),
    "no-signature": lambda signer, claims: signer.sign(claims).rpartition(".")[0] + ".",
    "no-token": lambda *_: "no token",
    "five-parts": lambda *_: "a.b.c.d.e",
    "claims-are-a-list": lambda signer, _: signer.sign_with_secret(b"", {}).replace("e30", "W10"),
}


def _with_other_claims(token: str) -> str:
    header, claims, signature = token.split(".")
    content = json.loads(base64.urlsafe_b64decode(claims + "=="))
    return f"{header}.{_part({**content, 'sub': 'somebody-else'})}.{signature}"
