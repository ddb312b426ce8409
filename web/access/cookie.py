"""The cookies: of the session, and of a sign-in that is on its way to the provider and back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

_SESSION, _OIDC_STATE = "kb_session", "kb_oidc_state"


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _full_name(request: Request, name: str) -> str:
    # A browser takes the prefixed name only over https, from the host itself and for all its paths:
    # no other host of the domain can plant one.
    return f"__Host-{name}" if _is_secure(request) else name


def _read(request: Request, name: str) -> str:
    return request.cookies.get(_full_name(request, name), "")


def _keep(
    request: Request, response: Response, name: str, value: str, seconds: int | None = None
) -> None:
    response.set_cookie(
        _full_name(request, name),
        value,
        max_age=seconds,
        httponly=True,
        secure=_is_secure(request),
        # Not stricter: who comes back from the provider, or follows a link, is still signed in.
        samesite="lax",
    )


def _drop(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        _full_name(request, name), httponly=True, secure=_is_secure(request), samesite="lax"
    )


def session_id_in(request: Request) -> str:
    """Return the id that the browser holds, or an empty text. It is taken from nowhere else."""
    return _read(request, _SESSION)


def keep_session(request: Request, response: Response, session_id: str) -> None:
    """Make the browser hold the id of a session until it is closed."""
    _keep(request, response, _SESSION, session_id)


def drop_session(request: Request, response: Response) -> None:
    """Make the browser forget the id."""
    _drop(request, response, _SESSION)


def oidc_state_in(request: Request) -> str:
    """Return the state of the sign-in that this browser began, or an empty text."""
    return _read(request, _OIDC_STATE)


def keep_oidc_state(request: Request, response: Response, state: str, seconds: int) -> None:
    """Make the browser hold the state until it comes back."""
    _keep(request, response, _OIDC_STATE, state, seconds)


def drop_oidc_state(request: Request, response: Response) -> None:
    """Make the browser forget the state."""
    _drop(request, response, _OIDC_STATE)
