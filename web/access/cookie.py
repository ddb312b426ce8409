"""The cookie of the session."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

# A browser takes the prefixed name only over https, from the host itself and for all its paths:
# no other host of the domain can plant one.
_SECURE_NAME = "__Host-kb_session"
_NAME = "kb_session"


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _name(request: Request) -> str:
    return _SECURE_NAME if _is_secure(request) else _NAME


def session_id_in(request: Request) -> str:
    """Return the id that the browser holds, or an empty text. It is taken from nowhere else."""
    return request.cookies.get(_name(request), "")


def keep_session(request: Request, response: Response, session_id: str) -> None:
    """Make the browser hold the id of a session until it is closed."""
    response.set_cookie(
        _name(request), session_id, httponly=True, secure=_is_secure(request), samesite="lax"
    )


def drop_session(request: Request, response: Response) -> None:
    """Make the browser forget the id."""
    response.delete_cookie(
        _name(request), httponly=True, secure=_is_secure(request), samesite="lax"
    )
