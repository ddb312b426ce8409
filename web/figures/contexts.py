"""What the dashboard shows; see `web.contexts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.figures import Period
from web.contexts import Choice, Shell
from web.figures.charts import Chart


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: on the page, and in the file."""

    value: str | int | float
    """In the file; empty where there is nothing."""
    text: str
    """On the page."""
    links: tuple[Link, ...] = ()
    """What stands on the page in place of the text."""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table that can be taken away as a file."""

    name: str
    """In the address of the file."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    """What to say when it has no rows."""


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The dashboard of a period."""

    shell: Shell
    period: Period
    presets: tuple[Choice, ...]
    carry: str
    """Query string that keeps the period: `?from=…&to=…`."""
    is_empty: bool
    """Whether nothing was asked in the period."""
    tables: Mapping[str, FigureTable]
    """Name → table."""
    charts: Mapping[str, Chart]
    """Name of the table that it shows → chart."""
