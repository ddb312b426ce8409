"""`kb gaps`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kb.settings import Settings
from tests.kb.cli.commands import Shell, assert_refused
from tests.kb.search_events.events import an_event, record


@pytest.fixture
def asked(shell: Shell) -> Shell:
    """A shell in whose database two questions had no answer, one of them twice."""
    now = datetime.now(UTC)
    times = (now - timedelta(days=9), now - timedelta(days=1), now)
    texts = ("宠物险[red]", "宠物 险[red]？", "月球险")
    events = [
        an_event(n + 1, query=text, at=at)
        for n, (text, at) in enumerate(zip(texts, times, strict=True))
    ]
    record(Settings(data_dir=shell.data), *events)
    return shell


def test_a_repeated_question_is_listed_for_people(asked: Shell) -> None:
    finished = asked.run("gaps", COLUMNS="120")

    assert (finished.code, finished.errors) == (0, "")
    (row,) = [line for line in finished.output.splitlines() if "宠物" in line]
    assert [cell.strip() for cell in row.split("│")[1:4]] == ["宠物 险[red]？", "2", "2"]
    assert "policy-lapse" in row
    assert "月球险" not in finished.output


def test_a_repeated_question_is_listed_for_programs(asked: Shell) -> None:
    found = asked.run("gaps", "--json", "--least", "1", "--days", "3").json

    assert (found["days"], found["least"]) == (3, 1)
    assert [(gap["query"], gap["times"]) for gap in found["gaps"]] == [
        ("月球险", 1),
        ("宠物 险[red]？", 1),
    ]
    assert set(found["gaps"][0]) == {"query", "times", "days", "last_asked", "candidate"}


def test_without_a_database_nothing_has_been_asked(shell: Shell) -> None:
    finished = shell.run("gaps")

    assert (finished.code, finished.errors) == (0, "")
    assert "没有" in finished.output


def test_a_search_in_the_terminal_records_nothing(shell: Shell) -> None:
    for _ in range(2):
        shell.run("search", "宇航员体检")

    assert shell.run("gaps", "--json").json["gaps"] == []


def test_an_unusable_database_is_said(shell: Shell) -> None:
    (shell.data / "kb.sqlite3").mkdir(parents=True)
    assert_refused(shell.run("gaps"), "数据库")
    assert_refused(shell.run("gaps", KB_DATABASE_URL="what"), "KB_DATABASE_URL")


def test_days_and_times_start_at_one(shell: Shell) -> None:
    assert_refused(shell.run("gaps", "--days", "0"))
    assert_refused(shell.run("gaps", "--least", "0"))
