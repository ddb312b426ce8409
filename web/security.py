"""What holds for every request: who may send it, and the headers of its answer."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    # Addresses hold what customers said: no other site learns them. With `no-referrer` browsers
    # would also send `Origin: null` with our own forms.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
NO_STORE = (b"cache-control", b"no-store")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class SameOrigin:
    """ASGI middleware that refuses what another site makes a browser send.

    Programs say nothing of where a request comes from, and nobody can trick them: they may pass.
    """

    def __init__(self, app: ASGIApp, refusal: ASGIApp) -> None:
        """Guard `app`; `refusal` answers in its place."""
        self._app = app
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        is_unsafe = scope["type"] == "http" and scope["method"] not in _SAFE_METHODS
        is_refused = is_unsafe and _is_from_elsewhere(Headers(scope=scope))
        await (self._refusal if is_refused else self._app)(scope, receive, send)


def _is_from_elsewhere(headers: Headers) -> bool:
    # Browsers send it over https and to their own machine; `none`: a person did it in the browser.
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    # The scheme may differ: https may end at a proxy. `null` has no host.
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


class SecurityHeaders:
    """ASGI middleware that adds the headers; pages are never stored by caches."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_static = scope["path"].startswith("/static/")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *HEADERS]
                message["headers"] = headers if is_static else [*headers, NO_STORE]
            await send(message)

        await self._app(scope, receive, send_with_headers)
