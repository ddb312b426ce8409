"""A small OpenID Connect provider in a process of its own, which can also misbehave.

`PUT /control` says who comes and what goes wrong; there are no pages, whoever comes is signed in.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.web.oidc.tokens import BAD_TOKENS, Signer, at_hash, new_signer

CLIENT_ID, CLIENT_SECRET = "kb-desk", "the-secret-of-the-client"
_SLOW_SECONDS = 3


@dataclass
class Provider:
    """What the provider knows."""

    issuer: str
    signer: Signer = field(default_factory=lambda: new_signer(CLIENT_SECRET))
    redirect_uri: str = ""
    user: dict[str, Any] = field(default_factory=dict)
    """The claims of whoever comes."""
    fault: str = ""
    """What goes wrong, if anything."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    """Code → the request that it answers."""

    def routes(self) -> list[Route]:
        """Return what the provider answers."""
        return [
            Route("/.well-known/openid-configuration", self.metadata),
            Route("/authorize", self.authorize),
            Route("/token", self.token, methods=["POST"]),
            Route("/keys", self.keys),
            Route("/control", self.control, methods=["PUT"]),
        ]

    async def control(self, request: Request) -> Response:
        """Do from now on as the test says."""
        for name, value in (await request.json()).items():
            setattr(self, name, value)
        if self.fault == "new-key":
            self.signer = new_signer(CLIENT_SECRET)
        return JSONResponse({})

    def metadata(self, request: Request) -> Response:
        """Publish where everything is."""
        content: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "code_challenge_methods_supported": ["plain", "S256"],
            # As attackers would like it.
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
        }
        match self.fault:
            case "metadata-of-another-issuer":
                content["issuer"] = "https://elsewhere.example.com"
            case "endpoint-is-a-script":
                content["authorization_endpoint"] = "javascript:alert(1)"
            case "endpoint-missing":
                del content["token_endpoint"]
            case "no-pkce":
                content["code_challenge_methods_supported"] = ["plain"]
            case "secret-in-the-form":
                content["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
        return self._faulty("metadata") or JSONResponse(content)

    def authorize(self, request: Request) -> Response:
        """Sign in whoever comes, and send them back with a code."""
        asked = dict(request.query_params)
        if (asked.get("client_id"), asked.get("redirect_uri")) != (CLIENT_ID, self.redirect_uri):
            return PlainTextResponse("unknown client", 400)
        answer = {"state": asked["state"], "iss": self.issuer}
        is_complete = asked.get("response_type") == "code" and "openid" in asked.get("scope", "")
        has_pkce = asked.get("code_challenge_method") == "S256" and asked.get("code_challenge")
        if self.fault == "denied":
            answer |= {"error": "access_denied", "error_description": "<b>no</b>"}
        elif self.fault == "odd-error":
            answer |= {"error": "<script>alert(1)</script>13812345678"}
        elif not (is_complete and has_pkce and asked.get("nonce")):
            answer |= {"error": "invalid_request"}
        else:
            answer["code"] = secrets.token_urlsafe(24)
            self.codes[answer["code"]] = asked
        if self.fault == "answer-of-another-issuer":
            answer["iss"] = "https://elsewhere.example.com"
        return RedirectResponse(f"{self.redirect_uri}?{urlencode(answer)}", 302)

    async def token(self, request: Request) -> Response:
        """Redeem a code, once."""
        form = dict(item.split("=", 1) for item in (await request.body()).decode().split("&"))
        form = {name: unquote(value) for name, value in form.items()}
        if faulty := await run_in_threadpool(self._faulty, "token"):
            return faulty
        if not self._is_client(request, form):
            return _error("invalid_client")
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("redirect_uri") != self.redirect_uri:
            return _error("invalid_grant")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]:
            return _error("invalid_grant")
        return JSONResponse(self._tokens(asked["nonce"]))

    def keys(self, request: Request) -> Response:
        """Publish the keys, and one of a kind that nobody knows."""
        published: list[Any] = [self.signer.key.as_dict(private=False), {"kty": "AKP", "kid": "9"}]
        if self.fault == "hs256-client-secret":
            secret = base64.urlsafe_b64encode(CLIENT_SECRET.encode()).decode()
            published.insert(0, {"kty": "oct", "kid": self.signer.key.kid, "k": secret})
        if self.fault == "keys-are-nonsense":
            published = [{"kty": "RSA", "n": "!", "e": []}]
        return self._faulty("keys") or JSONResponse({"keys": published})

    def _tokens(self, nonce: str) -> dict[str, Any]:
        now, access_token = int(time.time()), secrets.token_urlsafe(24)
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "at_hash": at_hash(access_token),
            **self.user,
        }
        sign = BAD_TOKENS.get(self.fault, Signer.sign)
        content = {"access_token": access_token, "token_type": "Bearer"}
        if self.fault != "no-id-token":
            content["id_token"] = sign(self.signer, claims)
        return content

    def _is_client(self, request: Request, form: dict[str, str]) -> bool:
        if self.fault == "secret-in-the-form":
            given = f"{form.get('client_id')}:{form.get('client_secret')}"
        else:
            header = request.headers.get("authorization", "").removeprefix("Basic ")
            given = base64.b64decode(header).decode()
        return given == f"{CLIENT_ID}:{CLIENT_SECRET}"

    def _faulty(self, part: str) -> Response | None:
        """Return what `part` answers instead when it is the one that fails."""
        failed_part, _, failure = self.fault.partition(":")
        if failed_part != part:
            return None
        if failure == "slow":
            time.sleep(_SLOW_SECONDS)
        return {
            "broken": PlainTextResponse("<h1>Bad gateway</h1>", 502),
            "page": PlainTextResponse("<h1>Maintenance</h1>"),
            "list": JSONResponse([]),
            "elsewhere": RedirectResponse("https://elsewhere.example.com/", 302),
            "refused": _error("invalid_grant"),
            "slow": JSONResponse({}),
        }[failure]


def _error(code: str) -> Response:
    return JSONResponse({"error": code, "error_description": "the code is eyJhbGciOi"}, 400)


def main(port: int) -> None:
    """Serve until the process is ended."""
    provider = Provider(f"http://127.0.0.1:{port}")
    uvicorn.run(Starlette(routes=provider.routes()), port=port, log_level="error")


if __name__ == "__main__":
    main(int(sys.argv[1]))
