"""What the pages of reviews show; see `web.contexts`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.content import Regulation, RegulationChange
from kb.indexing import Card
from kb.people import Person
from kb.reviewing import CitingItem, ReviewState
from web.contexts import Choice, FormField, Shell


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """Something to look at, with who does so."""

    item: str
    """By which a form names it, with the texts that its reader saw."""
    card: Card
    href: str
    label: str
    """What staff call the part; empty: the procedure as a whole."""
    text: str
    articles: tuple[str, ...]
    state: ReviewState
    owner_name: str
    note: str
    days_left: int
    """Until the review date, negative when it has passed; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many are how far."""

    state: ReviewState
    count: int


@dataclass(frozen=True, slots=True)
class ImpactSection:
    """The places that a change of a regulation asks to look at."""

    anchor: str
    regulation: Regulation
    change: RegulationChange
    progress: tuple[Progress, ...]
    waiting: tuple[ReviewRow, ...]
    done: tuple[ReviewRow, ...]
    items: tuple[CitingItem, ...]
    """Exam items that cite it, or are pinned to a part that does."""


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """Both lists: what changed regulations ask for, and the review dates."""

    shell: Shell
    regulations: tuple[Choice, ...]
    owners: tuple[Choice, ...]
    fields: tuple[FormField, ...]
    """What a form carries so that the same list is shown afterwards."""
    may_edit: bool
    editors: tuple[Person, ...]
    """To whom a review can be handed."""
    sections: tuple[ImpactSection, ...]
    due: tuple[ReviewRow, ...]
    ahead_days: int
    remembers: bool
    """Whether texts that were changed since are recognised."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A regulation that changes on a day."""

    regulation: Regulation
    change: RegulationChange


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar."""

    day: date
    is_in_month: bool
    is_today: bool
    cards: tuple[Card, ...]
    """Procedures whose review date it is."""
    events: tuple[CalendarEvent, ...]


@dataclass(frozen=True, slots=True)
class ReviewCalendarPage:
    """The review dates of a month."""

    shell: Shell
    month: date
    """Its first day."""
    previous_href: str
    next_href: str
    weeks: tuple[tuple[CalendarDay, ...], ...]
    """From Monday to Sunday."""
    days: tuple[CalendarDay, ...]
    """Those on which there is anything."""
