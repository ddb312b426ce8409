"""What was asked in a period, and what was used of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nsmallest
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, func, or_, select

from kb.content import without_marks
from kb.figures.period import Period
from kb.state.tables import search_events

FREQUENT_QUESTIONS = 20
MOST_SAMPLED = 20_000
"""Searches of which the time is looked at; of more, that many are drawn at random."""
_LEAST_TIMES = 2
# With this share of all searches in the period it is faster to read the index than to sort.
_SHARE_READ_IN_ORDER = 4
_ID_DIGITS = 8
_ROWS_AT_ONCE = 5000
_MOST_WORDINGS = 500
"""A statement has not room for any number of them; nobody writes a question in more ways."""

_COLUMNS = search_events.c
_OUTCOME = (_COLUMNS.answered, _COLUMNS.first_hit, _COLUMNS.opened)


@dataclass(frozen=True, slots=True)
class SearchCounts:
    """How often was asked, and what came of it."""

    searches: int
    answered: int
    """The others ended with 无匹配."""
    first_used: int
    """Answered ones in which nothing but the first hit was opened: it opens by itself."""

    @property
    def no_answer_share(self) -> float | None:
        """Share of the searches without an answer; None without searches."""
        return (self.searches - self.answered) / self.searches if self.searches else None

    @property
    def first_used_share(self) -> float | None:
        """Share of the answered searches for which the first hit was enough; None without any."""
        return self.first_used / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The counts of one day."""

    day: date
    counts: SearchCounts


@dataclass(frozen=True, slots=True)
class SearchTimes:
    """CPU milliseconds from the query to the ranked and explained hits."""

    median: float
    p95: float
    sampled: int
    """From how many searches they are read."""


@dataclass(frozen=True, slots=True)
class ProcedureUse:
    """How often a procedure was used."""

    procedure_id: str
    used: int
    """It was opened, or was the first hit of an answered search in which nothing was opened."""
    first: int
    """It was the first hit of an answered search."""
    opened: int


@dataclass(frozen=True, slots=True)
class FrequentQuestion:
    """A question that was asked again and again; punctuation does not tell questions apart."""

    query: str
    """As it was asked most often; masked."""
    times: int
    procedure_id: str
    """That was used most often for it; empty where nothing answered."""


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """What was asked in a period."""

    counts: SearchCounts
    days: tuple[DayCounts, ...]
    """Every day of the period in order."""
    times: SearchTimes | None
    """None without searches."""
    procedures: tuple[ProcedureUse, ...]
    """The most used first; those that nobody met are not there."""
    questions: tuple[FrequentQuestion, ...]
    """The most frequent first."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a search."""

    answered: bool
    first_hit: str
    opened: str

    @property
    def used(self) -> str:
        """The procedure that was used, or an empty text."""
        return self.opened or (self.first_hit if self.answered else "")


@dataclass(frozen=True, slots=True)
class _Tally:
    """How often each outcome came, and how often each wording was asked."""

    outcomes: Mapping[_Outcome, int]
    wordings: Mapping[str, int]


def read_search_figures(connection: Connection, period: Period) -> SearchFigures:
    """Return what was asked in the period."""
    days = tuple(_read_days(connection, period))
    counts = _total(day.counts for day in days)
    tally = _read_tally(connection, period, counts.searches)
    return SearchFigures(
        counts=counts,
        days=days,
        times=_read_times(connection, period, counts.searches),
        procedures=tuple(_procedure_use(tally.outcomes)),
        questions=tuple(_read_questions(connection, period, tally.wordings)),
    )


def _within(period: Period) -> ColumnElement[bool]:
    return and_(_COLUMNS.at >= period.start, _COLUMNS.at < period.end)


def _read_days(connection: Connection, period: Period) -> Iterable[DayCounts]:
    is_first_used = or_(_COLUMNS.opened == "", _COLUMNS.opened == _COLUMNS.first_hit)
    statement = select(
        func.count(),
        _count_where(_COLUMNS.answered),
        _count_where(and_(_COLUMNS.answered, is_first_used)),
    ).where(_COLUMNS.at >= bindparam("start"), _COLUMNS.at < bindparam("end"))
    # A statement a day: the two databases have no common way to tell a day in Shanghai.
    for day in period.days():
        bounds = {"start": day.start, "end": day.end}
        row = connection.execute(statement, bounds).one()
        yield DayCounts(day.first, SearchCounts(*row))


def _count_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _total(counts: Iterable[SearchCounts]) -> SearchCounts:
    rows = [(item.searches, item.answered, item.first_used) for item in counts]
    return SearchCounts(*map(sum, zip(*rows, strict=True)))


def _read_tally(connection: Connection, period: Period, searches: int) -> _Tally:
    every = connection.scalar(select(func.count()).select_from(search_events)) or 0
    at: ColumnElement[datetime] = _COLUMNS.at
    if searches * _SHARE_READ_IN_ORDER >= every:
        # SQLite has no use for the index of moments then, and reads that of questions in order.
        at = func.coalesce(at, at)
    within = and_(at >= period.start, at < period.end)
    statement = _grouped(_COLUMNS.query, *_OUTCOME).where(within)
    outcomes: Counter[tuple[bool, str, str]] = Counter()
    wordings: Counter[str] = Counter()
    statement = statement.execution_options(yield_per=_ROWS_AT_ONCE)
    for query, answered, first_hit, opened, times in connection.execute(statement):
        outcomes[answered, first_hit, opened] += times
        wordings[query] += times
    return _Tally({_Outcome(*key): times for key, times in outcomes.items()}, wordings)


def _grouped(*columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns, func.count()).group_by(*columns)


def _read_times(connection: Connection, period: Period, searches: int) -> SearchTimes | None:
    statement = select(_COLUMNS.took_ms).where(_within(period))
    if searches > MOST_SAMPLED:
        # Ids are random, so that those up to a bound are a fair sample.
        bound = f"{MOST_SAMPLED * 16**_ID_DIGITS // searches:0{_ID_DIGITS}x}"
        statement = statement.where(_COLUMNS.id < bound)
    times = sorted(connection.scalars(statement))
    if not times:
        return None
    return SearchTimes(_percentile(times, 50), _percentile(times, 95), len(times))


def _percentile(ordered: Sequence[float], percent: int) -> float:
    """Return the nearest rank."""
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def _procedure_use(outcomes: Mapping[_Outcome, int]) -> list[ProcedureUse]:
    used: Counter[str] = Counter()
    first: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    for outcome, times in outcomes.items():
        used[outcome.used] += times
        opened[outcome.opened] += times
        first[outcome.first_hit if outcome.answered else ""] += times
    met = {*used, *first, *opened} - {""}
    uses = (ProcedureUse(name, used[name], first[name], opened[name]) for name in met)
    return sorted(uses, key=lambda use: (-use.used, -use.first, use.procedure_id))


def _read_questions(
    connection: Connection, period: Period, wordings: Mapping[str, int]
) -> Iterator[FrequentQuestion]:
    """Yield the questions that were asked most often, those that nobody repeated left out."""
    questions: defaultdict[str, list[str]] = defaultdict(list)
    times: Counter[str] = Counter()
    for wording, count in wordings.items():
        spoken = without_marks(wording)
        questions[spoken].append(wording)
        times[spoken] += count
    # A question of nothing but signs asks nothing.
    del times[""]
    asked_again = [(-count, spoken) for spoken, count in times.items() if count >= _LEAST_TIMES]
    for count, spoken in nsmallest(FREQUENT_QUESTIONS, asked_again):
        written = questions[spoken]
        query = max(written, key=lambda wording: (wordings[wording], wording))
        yield FrequentQuestion(query, -count, _read_procedure(connection, period, written))


def _read_procedure(connection: Connection, period: Period, wordings: Sequence[str]) -> str:
    """Return what was used most often for a question, or an empty text."""
    asked = _COLUMNS.query.in_(wordings[:_MOST_WORDINGS])
    # Grouped by wording as well, because so the rows stand in the index.
    statement = _grouped(_COLUMNS.query, *_OUTCOME).where(_within(period), asked)
    used: Counter[str] = Counter()
    for _, *outcome, times in connection.execute(statement):
        used[_Outcome(*outcome).used] += times
    return max(used, key=lambda name: (used[name], name))
