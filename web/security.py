"""What holds for every request: who may send it, and the headers of its answer."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PANEL = "/panel"
PANEL_SAMPLE = "/panel/sample"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    # Addresses hold what customers said: no other site learns them. With `no-referrer` browsers
    # would also send `Origin: null` with our own forms.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
NO_STORE = (b"cache-control", b"no-store")
_HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class SameOrigin:
    """ASGI middleware that refuses what another site makes a browser send.

    Programs say nothing of where a request comes from, and nobody can trick them: they may pass.
    """

    def __init__(self, app: ASGIApp, refusal: ASGIApp) -> None:
        """Guard `app`; `refusal` answers in its place."""
        self.app = app
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        is_unsafe = scope["type"] == "http" and scope["method"] not in SAFE_METHODS
        is_refused = is_unsafe and _is_from_elsewhere(Headers(scope=scope))
        await (self._refusal if is_refused else self.app)(scope, receive, send)


def _is_from_elsewhere(headers: Headers) -> bool:
    # Browsers send it over https and to their own machine; `none`: a person did it in the browser.
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    # The scheme may differ: https may end at a proxy. `null` has no host.
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


def content_security_policy(frames: str = "'none'", ancestors: str = "'none'") -> str:
    """Return the policy of a page: what it may hold in frames, and whose frames may hold it."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-src {frames}; frame-ancestors {ancestors}"
    )


class SecurityHeaders:
    """ASGI middleware that adds the headers; pages are never stored by caches."""

    def __init__(self, app: ASGIApp, panel_origins: tuple[str, ...]) -> None:
        """Let pages of `panel_origins` hold the panel in a frame, and nobody any other page."""
        self.app = app
        self._policy = content_security_policy().encode()
        self._policies = {
            # The sample is the only page of ours that may hold frames: 'self' opens the panel to it
            # alone, and nobody may frame the sample in turn.
            PANEL: content_security_policy(ancestors=" ".join(("'self'", *panel_origins))).encode(),
            PANEL_SAMPLE: content_security_policy(frames="'self'").encode(),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = self._policies.get(scope["path"], self._policy)
        headers = [(b"content-security-policy", policy), *HEADERS]
        if scope["scheme"] == "https":
            headers.append(_HTTPS_ONLY)
        if not scope["path"].startswith("/static/"):
            headers.append(NO_STORE)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self.app(scope, receive, send_with_headers)
