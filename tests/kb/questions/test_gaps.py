"""`find_gaps`: repeated questions without an answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from kb.content import Lexicon
from kb.questions.gaps import Gap, find_gaps
from kb.search.analyzer import Analyzer
from kb.search_events import SearchEvent
from kb.state import open_database
from tests.dictionaries import general_dictionary
from tests.kb.search_events.events import NOON, an_event, record, settings_in

_DAY = 24 * 3600.0


def gaps_of(folder: Path, *events: SearchEvent, least: int = 2) -> list[Gap]:
    settings = settings_in(folder)
    record(settings, *events)
    analyzer = Analyzer(Lexicon(fillers=frozenset("能啊")), general_dictionary())
    return find_gaps(open_database(settings), NOON - timedelta(days=1), least, analyzer)


def test_spellings_of_one_question_are_one_gap(tmp_path: Path) -> None:
    (gap,) = gaps_of(
        tmp_path,
        an_event(1, 0, query="宠物 险", first_hit="a"),
        an_event(2, _DAY, query="宠物险？", first_hit="b"),
        an_event(3, _DAY + 60, query="宠物险", first_hit=""),
    )

    assert gap == Gap("宠物险", 3, 2, NOON + timedelta(days=1, seconds=60), "b")


def test_wordings_of_one_meaning_are_one_gap(tmp_path: Path) -> None:
    texts = ("退多少钱", "能退多少钱啊", "tui duoshao qian")
    events = [an_event(n + 1, n, query=text) for n, text in enumerate(texts)]

    assert [gap.times for gap in gaps_of(tmp_path, *events)] == [3]


def test_days_are_days_in_shanghai(tmp_path: Path) -> None:
    # 15:59 and 16:01 in UTC: midnight lies between them.
    (gap,) = gaps_of(tmp_path, an_event(1, 12 * 3600 - 60), an_event(2, 12 * 3600 + 60))

    assert gap.days == 2


def test_answered_rare_old_and_wordless_questions_are_no_gaps(tmp_path: Path) -> None:
    gaps = gaps_of(
        tmp_path,
        *(an_event(number, answered=True, query="退保") for number in (1, 2)),
        an_event(3, query="只问一次"),
        *(an_event(number, -2 * _DAY, query="很久以前") for number in (4, 5)),
        *(an_event(number, query="？！") for number in (6, 7)),
    )

    assert gaps == []


def test_the_most_frequent_gap_stands_first_then_the_latest(tmp_path: Path) -> None:
    texts = ["甲", "乙", "乙", "丙", "丁", "丁", "丁"]
    events = [an_event(n + 1, n, query=text) for n, text in enumerate(texts)]
    gaps = gaps_of(tmp_path, *events, least=1)

    assert [(gap.query, gap.times) for gap in gaps] == [("丁", 3), ("乙", 2), ("丙", 1), ("甲", 1)]
