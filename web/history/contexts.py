"""What the pages of the history show; see `web.contexts`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kb.content import Register
from kb.indexing import Card
from kb.publishing import Publication
from kb.publishing.history import TouchingPublication
from web.changes.side_by_side import ComparedFile
from web.contexts import AnswerView, Shell


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A publication that touched a procedure."""

    publication: Publication
    paths: tuple[str, ...]
    authors: tuple[str, ...]
    approvers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The publications that touched a procedure, newest first."""

    shell: Shell
    procedure_id: str
    title: str
    rows: tuple[HistoryRow, ...]
    now: str
    """The present moment as a form takes it."""


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Two publications of a procedure side by side."""

    shell: Shell
    procedure_id: str
    title: str
    older: Publication
    newer: Publication
    files: tuple[ComparedFile, ...]


@dataclass(frozen=True, slots=True)
class ReplayListPage:
    """What the desk held at a moment."""

    shell: Shell
    moment: str
    """As the form and the address have it."""
    publication: Publication | None
    """None before the first."""
    procedures: tuple[tuple[str, str], ...]
    """Id and title."""


@dataclass(frozen=True, slots=True)
class ReplayPage:
    """A procedure as the desk showed it at a moment."""

    shell: Shell
    register: Register
    opened: AnswerView
    moment: datetime
    day: date
    publication: Publication


@dataclass(frozen=True, slots=True)
class RetiredPage:
    """Procedures that are in force no more."""

    shell: Shell
    ended: tuple[Card, ...]
    removed: tuple[TouchingPublication, ...]
    """Files that were taken away, with the publication that did so."""
