"""The template environment: escaping on, missing names are errors."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from web.filters import FILTERS, GLOBALS


def make_environment() -> Environment:
    """Return the environment with which all pages are rendered."""
    environment = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(GLOBALS)
    return environment


def render(environment: Environment, template: str, page: Any) -> str:
    """Return a page, or a document, rendered from its context."""
    return environment.get_template(template).render(context_values(page))


def context_values(page: Any) -> dict[str, Any]:
    """Return a page context as the names that its template knows."""
    return {item.name: getattr(page, item.name) for item in fields(page)}
