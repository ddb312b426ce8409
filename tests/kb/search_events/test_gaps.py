"""`find_gaps`: repeated questions without an answer."""

from __future__ import annotations

from datetime import timedelta

from kb.search_events import SearchEvent
from kb.search_events.gaps import Gap, find_gaps
from kb.settings import Settings
from kb.state import open_database
from tests.kb.search_events.events import NOON, an_event, record

_DAY = 24 * 3600.0


def gaps_of(database: Settings, *events: SearchEvent, least: int = 2) -> list[Gap]:
    record(database, *events)
    return find_gaps(open_database(database), NOON - timedelta(days=1), least)


def test_spellings_of_one_question_are_one_gap(database: Settings) -> None:
    (gap,) = gaps_of(
        database,
        an_event(1, 0, query="宠物 险", first_hit="a"),
        an_event(2, _DAY, query="宠物险？", first_hit="b"),
        an_event(3, _DAY + 60, query="宠物险", first_hit=""),
    )

    assert gap == Gap("宠物险", 3, 2, NOON + timedelta(days=1, seconds=60), "b")


def test_days_are_days_in_shanghai(database: Settings) -> None:
    # 15:59 and 16:01 in UTC: midnight lies between them.
    (gap,) = gaps_of(database, an_event(1, 12 * 3600 - 60), an_event(2, 12 * 3600 + 60))

    assert gap.days == 2


def test_answered_rare_old_and_wordless_questions_are_no_gaps(database: Settings) -> None:
    gaps = gaps_of(
        database,
        *(an_event(number, answered=True, query="退保") for number in (1, 2)),
        an_event(3, query="只问一次"),
        *(an_event(number, -2 * _DAY, query="很久以前") for number in (4, 5)),
        *(an_event(number, query="？！") for number in (6, 7)),
    )

    assert gaps == []


def test_the_most_frequent_gap_stands_first_then_the_latest(database: Settings) -> None:
    texts = ["甲", "乙", "乙", "丙", "丁", "丁", "丁"]
    events = [an_event(n + 1, n, query=text) for n, text in enumerate(texts)]
    gaps = gaps_of(database, *events, least=1)

    assert [(gap.query, gap.times) for gap in gaps] == [("丁", 3), ("乙", 2), ("丙", 1), ("甲", 1)]
