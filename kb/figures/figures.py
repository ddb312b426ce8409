"""All figures of a period, read from the database as it is at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from kb.figures.editing import EditingFigures, read_editing_figures
from kb.figures.period import Period
from kb.figures.searches import SearchFigures, read_search_figures
from kb.state import reading


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a period."""

    period: Period
    searches: SearchFigures
    editing: EditingFigures


def read_figures(engine: Engine, period: Period) -> Figures:
    """Return the figures of the period. Raises DatabaseUnavailable.

    Takes a second for a million searches: not for the event loop.
    """
    with reading(engine) as connection:
        searches = read_search_figures(connection, period)
        return Figures(period, searches, read_editing_figures(connection, period))
