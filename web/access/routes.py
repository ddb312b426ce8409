"""Every route and what it needs; one that does not say so keeps the application from starting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from kb.people import Permission, permission_of


class UndeclaredRoute(RuntimeError):
    """Raised at start for a route that says not what it needs, or that no gate guards."""


@dataclass(frozen=True, slots=True)
class DeclaredRoute:
    """A route and what it needs."""

    methods: frozenset[str]
    path: str
    """With the names of its parameters: `/procedures/{procedure_id}`."""
    permission: Permission


def declared_routes(application: FastAPI, gate: Callable[..., Any]) -> list[DeclaredRoute]:
    """Return all routes, also of what is mounted. Raises UndeclaredRoute."""
    return list(_declared(application.routes, gate, ""))


def _declared(
    routes: Sequence[BaseRoute], gate: Callable[..., Any], prefix: str
) -> Iterator[DeclaredRoute]:
    for route in iter_route_contexts(routes):
        path = f"{prefix}{route.path}"
        mounted = route.original_route.app if isinstance(route.original_route, Mount) else None
        if isinstance(mounted, FastAPI):
            yield from _declared(mounted.routes, gate, path)
        elif isinstance(mounted, StaticFiles):
            # Style, scripts and icons: the sign-in page needs them too.
            yield DeclaredRoute(frozenset({"GET", "HEAD"}), f"{path}/{{path}}", Permission.PUBLIC)
        else:
            yield _declared_endpoint(route, gate, path)


def _declared_endpoint(route: RouteContext, gate: Callable[..., Any], path: str) -> DeclaredRoute:
    permission = permission_of(route.endpoint) if route.endpoint else None
    if permission is None:
        raise UndeclaredRoute(f"{path} does not say what it needs: decorate it with `requires`")
    is_guarded = isinstance(route.original_route, APIRoute) and any(
        dependency.call == gate for dependency in route.dependant.dependencies
    )
    if not is_guarded:
        raise UndeclaredRoute(f"no gate guards {path}")
    return DeclaredRoute(frozenset(route.methods or ()), path, permission)
