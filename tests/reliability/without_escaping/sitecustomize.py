"""Lets one filter print what an author wrote as it stands: then the run must fail."""

from typing import Any

from markupsafe import Markup

import web.filters


def _prose_as_it_stands(context: Any, text: Any) -> Markup:
    return Markup(text.plain)  # noqa: S704 - that is the point


_prose_as_it_stands.jinja_pass_arg = web.filters.prose.jinja_pass_arg  # type: ignore[attr-defined]
web.filters.FILTERS["prose"] = _prose_as_it_stands
