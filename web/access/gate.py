"""The one dependency through which every request to pages and API goes."""

from __future__ import annotations

import hmac
import ipaddress

from starlette.datastructures import Headers
from starlette.requests import Request

from kb.errors import PermissionDenied, SignInRequired, TokenMissing
from kb.people import Permission, permission_of
from kb.people.current_sessions import CurrentSessions
from kb.people.sessions import csrf_token
from web.access.cookie import session_id_in
from web.access.visitor import Visitor
from web.forms import FORM_TYPE, MAX_BYTES, content_type, read_form
from web.security import SAFE_METHODS

TOKEN_HEADER = "x-csrf-token"  # noqa: S105 - a name
TOKEN_FIELD = "csrf"  # noqa: S105 - a name


class Gate:
    """Recognises visitors, and lets them through to what their roles permit."""

    def __init__(self, sessions: CurrentSessions) -> None:
        self._sessions = sessions

    async def enforce(self, request: Request) -> None:
        """Leave the visitor in `request.state`, and return if the route is open to them.

        Raises SignInRequired, PermissionDenied, TokenMissing, DatabaseUnavailable.
        """
        visitor = await self.recognise(request)
        permission = permission_of(request.scope["endpoint"])
        if permission is None or not visitor.may(permission):
            raise PermissionDenied if visitor.person else SignInRequired
        needs_token = visitor.person and request.method not in SAFE_METHODS
        # What is open to everybody does nothing in the name of who is signed in.
        if needs_token and permission is not Permission.PUBLIC:
            await _check_token(request, visitor.csrf_token)

    async def recognise(self, request: Request) -> Visitor:
        """Return who sends the request, and leave it in `request.state`.

        Raises DatabaseUnavailable.
        """
        session_id = session_id_in(request)
        session = await self._sessions.find(session_id) if session_id else None
        if session:
            token = csrf_token(session_id)
            visitor = Visitor(session.person, token, session.unread, session.must_read)
        else:
            is_local = _is_local(request) and not await self._sessions.have_accounts()
            visitor = Visitor(is_local=is_local)
        request.state.visitor = visitor
        return visitor


def _is_local(request: Request) -> bool:
    """Return whether the request comes from this machine, and no proxy has passed it on."""
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return mapped.is_loopback and not _is_forwarded(request.headers)


def _is_forwarded(headers: Headers) -> bool:
    return any(
        name in ("forwarded", "x-real-ip") or name.startswith("x-forwarded-") for name in headers
    )


async def _check_token(request: Request, expected: str) -> None:
    """Return if the request carries the token of its session. Raises TokenMissing."""
    given = await _given_token(request)
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise TokenMissing


async def _given_token(request: Request) -> str:
    if TOKEN_HEADER in request.headers:
        return request.headers[TOKEN_HEADER]
    kind = content_type(request)
    if kind == FORM_TYPE:
        return (await read_form(request, MAX_BYTES)).get(TOKEN_FIELD, "")
    # A form that holds a file is not read before it is known who sends it.
    return request.query_params.get(TOKEN_FIELD, "") if kind == "multipart/form-data" else ""
