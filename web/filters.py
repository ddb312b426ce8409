"""How values are printed. Every filter escapes what it prints."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from kb.answer import last_day_note
from kb.clock import SHANGHAI
from kb.content import (
    REGION,
    SECTIONS,
    Citation,
    Condition,
    Link,
    PracticeMark,
    Prose,
    block_hash,
    resolve,
)
from kb.people import Permission, Person, name_roles


@pass_context
def prose(context: Context, text: Prose) -> Markup:
    """Return authored text with its citations and links as links."""
    return Markup("").join(_span(context, span) for span in text.spans)


def _span(context: Context, span: str | Citation | Link | PracticeMark) -> Markup:
    if isinstance(span, Citation):
        article = resolve(context["register"], span)
        return Markup('<a class="cite" href="{}" title="{}">{}</a>').format(
            regulation_href(span.law, span.article), article.note if article else "", span
        )
    if isinstance(span, Link):
        anchor = f"#{fragment(span.anchor)}" if span.anchor else ""
        return Markup('<a href="/procedures/{}{}{}">{}</a>').format(
            span.procedure_id, context["shell"].carry, anchor, span.label
        )
    if isinstance(span, PracticeMark):
        return Markup('<span class="practice">{}</span>').format(span.practice)
    return _lines(span)


@pass_context
def printed(context: Context, text: Prose) -> Markup:
    """Return authored text as a document holds it: authorities in words, links inside it alone."""
    return Markup("").join(_printed_span(context, span) for span in text.spans)


def _printed_span(context: Context, span: str | Citation | Link | PracticeMark) -> Markup:
    if isinstance(span, Citation | PracticeMark):
        basis = span.practice if isinstance(span, PracticeMark) else span
        return Markup('<span class="basis">〔{}〕</span>').format(basis)
    if isinstance(span, Link):
        if span.procedure_id not in context["ids"]:
            return Markup("《{}》").format(span.label)
        anchor = f"--{fragment(span.anchor)}" if span.anchor else ""
        return Markup('<a href="#{}{}">{}</a>').format(span.procedure_id, anchor, span.label)
    return _lines(span)


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def regulation_href(law: str, article: str = "") -> str:
    """Return the address of a regulation's page, at an article if one is given."""
    return f"/regulations/{quote(law)}" + (f"#a{article}" if article else "")


def condition(value: Condition) -> str:
    """Return a condition as staff read it: 办理人＝代办，保单形式＝电子或纸质."""
    return "，".join(f"{clause.key}＝{'或'.join(clause.values)}" for clause in value.clauses)


def names_region(value: Condition) -> bool:
    """Return whether a condition makes its row one of a region's own."""
    return any(clause.key == REGION for clause in value.clauses)


def day(value: date) -> str:
    """Return a date as 2026-11-22（周日）."""
    return f"{value.isoformat()}（周{'一二三四五六日'[value.weekday()]}）"


def moment(value: datetime) -> str:
    """Return an instant as 2026-11-22 09:30 in Shanghai."""
    return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def may(person: Person, permission: str) -> bool:
    """Return whether somebody has a permission, named as `Permission` words it."""
    return person.may(Permission(permission))


def points(value: float) -> str:
    """Return points of a score with two decimals; what rounds to nothing has no sign."""
    return f"{value:z.2f}"


def fragment(address: str) -> str:
    """Return the id of the element that shows the part at `address`.

    A block of a step (`verify/必说/1`) is found at its step.
    """
    first = address.partition("/")[0]
    return address.replace("/", "-").replace(" ", "") if first in SECTIONS else first


FILTERS: dict[str, Any] = {
    "prose": prose,
    "printed": printed,
    "condition": condition,
    "names_region": names_region,
    "block_hash": block_hash,
    "day": day,
    "moment": moment,
    "may": may,
    "points": points,
    "roles": name_roles,
    "fragment": fragment,
    "regulation_href": regulation_href,
}
GLOBALS: dict[str, Any] = {"last_day_note": last_day_note, "zip": zip}
