"""`kb feedback`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kb.feedback.store import FeedbackStore
from kb.settings import Settings
from tests.kb.cli.commands import Shell, assert_refused
from tests.kb.feedback.sayings import REVISION, a_saying

LINE = "<script>alert(1)</script>[red]第 3 步"


@pytest.fixture
def said(shell: Shell) -> Shell:
    """A shell in whose database two procedures were spoken of, one of them long ago too."""
    now = datetime.now(UTC)
    store = FeedbackStore(Settings(data_dir=shell.data))
    for number, days, procedure_id, line in (
        (1, 9, "policy-loan", "很久以前"),
        (2, 2, "policy-lapse", ""),
        (3, 1, "policy-loan", f"{LINE}\x1b[31m\x07"),
        (4, 0, "policy-lapse", ""),
    ):
        at = now - timedelta(days=days)
        verdict = "有错" if line else "有用"
        store.write(a_saying(number, at=at, procedure_id=procedure_id, line=line, verdict=verdict))
    return shell


def test_feedback_is_listed_for_people_by_procedure(said: Shell) -> None:
    finished = said.run("feedback", COLUMNS="140")

    assert (finished.code, finished.errors) == (0, "")
    rows = [line.split("│")[1:-1] for line in finished.output.splitlines() if "│" in line]
    cells = [[cell.strip() for cell in row] for row in rows]
    assert [(row[0], row[2], row[4]) for row in cells] == [
        ("policy-lapse", "有用", ""),
        ("", "有用", ""),
        ("policy-loan", "有错", f"{LINE}[31m"),
        ("", "有错", "很久以前"),
    ]
    assert cells[0][3] == "核身=已核 办理人=代办"


def test_no_control_character_reaches_the_terminal(said: Shell) -> None:
    for options in ((), ("--json",)):
        output = said.run("feedback", *options).output
        assert LINE[:8] in output
        assert "\x1b" not in output
        assert "\\u001b" not in output


def test_feedback_is_listed_for_programs(said: Shell) -> None:
    found = said.run("feedback", "--json", "--days", "3").json

    assert found["days"] == 3
    assert [(item["procedure"], len(item["feedback"])) for item in found["procedures"]] == [
        ("policy-lapse", 2),
        ("policy-loan", 1),
    ]
    (entry,) = found["procedures"][1]["feedback"]
    at = datetime.fromisoformat(entry.pop("at"))
    assert at.utcoffset() == timedelta(hours=8)
    assert entry == {
        "id": a_saying(3).id,
        "verdict": "有错",
        "revision": REVISION,
        "day": "2026-06-01",
        "context": "核身=已核 办理人=代办",
        "search_id": "",
        "line": f"{LINE}[31m",
    }


def test_without_a_database_nothing_has_been_said(shell: Shell) -> None:
    finished = shell.run("feedback")

    assert (finished.code, finished.errors) == (0, "")
    assert "没有反馈" in finished.output
    assert shell.run("feedback", "--json").json == {"days": 30, "procedures": []}


def test_an_unusable_database_is_said(shell: Shell) -> None:
    (shell.data / "kb.sqlite3").mkdir(parents=True)
    assert_refused(shell.run("feedback"), "数据库")


def test_days_start_at_one(shell: Shell) -> None:
    assert_refused(shell.run("feedback", "--days", "0"))
