"""What each document shows, as typed values; see `web.contexts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from kb.answer import Answer
from web.documents.checklist import Checklist


@dataclass(frozen=True, slots=True)
class CategoryDocument:
    """All procedures of a category that are in force on a day."""

    category: str
    day: date
    answers: tuple[Answer, ...]
    ids: frozenset[str]
    """Procedures to which links inside the document can lead."""
    carry: str
    """Query string that carries day and call to other pages, or empty."""


@dataclass(frozen=True, slots=True)
class ChecklistPage:
    """The checklist of a procedure."""

    checklist: Checklist
    carry: str


@dataclass(frozen=True, slots=True)
class OfflineCopy:
    """Everything in one file."""

    day: date
    """The day whose versions it holds."""
    expires: date
    """The last day on which it may be used."""
    generation: str
    categories: Mapping[str, tuple[Answer, ...]]
    ids: frozenset[str]
    style: Markup
    script: Markup
    script_hash: str
    """sha256 in Base64: no other script in the file is run."""
    table: Markup
    """JSON of what a term adds to each procedure (see `kb.search.lookup_table`)."""
