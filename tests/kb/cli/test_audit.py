"""`kb audit`."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kb.audit import record
from kb.people import Person
from kb.settings import Settings
from kb.state import open_database, upgrade_database
from tests.kb.cli.commands import Shell, assert_refused

EDITOR = Person("1" * 32, "linx", "林晓[red]", "", frozenset())


@pytest.fixture
def audited(shell: Shell) -> Shell:
    """A shell in whose database two things were done."""
    engine = open_database(Settings(data_dir=shell.data))
    upgrade_database(engine)
    for action, details in (("review.noted", {"note": "等回话"}), ("moon.landed", {"moon": "1"})):
        with engine.begin() as connection:
            record(connection, EDITOR, action, "contact-change", details)
    return shell


def test_a_whole_trail_tells_what_to_note_elsewhere(audited: Shell) -> None:
    finished = audited.run("audit", "verify")
    last = audited.run("audit", "list", "--json").json["entries"][0]

    assert (finished.code, finished.errors) == (0, "")
    assert "完整，共 2 条" in finished.output
    assert f"编号 2  哈希 {last['hash']}" in finished.output


def test_a_broken_trail_ends_the_command_with_one(audited: Shell) -> None:
    with closing(sqlite3.connect(audited.data / "kb.sqlite3")) as connection, connection:
        connection.execute("UPDATE audit_entries SET subject = 'x' WHERE number = 2")
    finished = audited.run("audit", "verify")

    assert finished.code == 1
    assert "从第 2 条起不可信" in finished.output


def test_entries_are_listed_for_people(audited: Shell) -> None:
    finished = audited.run("audit", "list", COLUMNS="140")

    assert (finished.code, finished.errors) == (0, "")
    rows = [line for line in finished.output.splitlines() if "contact-change" in line]
    assert [[cell.strip() for cell in row.split("│")[3:7]] for row in rows] == [
        ["林晓[red]（linx）", "moon.landed", "contact-change", "moon：1"],
        ["林晓[red]（linx）", "复核备注", "contact-change", "备注：等回话"],
    ]


def test_entries_are_listed_for_programs(audited: Shell) -> None:
    found = audited.run("audit", "list", "--json", "--days", "1").json

    assert found["days"] == 1
    assert [(entry["number"], entry["action"]) for entry in found["entries"]] == [
        (2, "moon.landed"),
        (1, "review.noted"),
    ]
    assert found["entries"][1]["details"] == {"note": "等回话"}


def test_without_entries_there_is_nothing_to_verify_or_list(shell: Shell) -> None:
    assert "没有" in shell.run("audit", "verify").output
    assert "没有" in shell.run("audit", "list").output
    assert shell.run("audit", "list", "--json").json["entries"] == []


def test_days_start_at_one(shell: Shell) -> None:
    assert_refused(shell.run("audit", "list", "--days", "0"))


def test_an_unusable_database_is_said(shell: Shell) -> None:
    (shell.data / "kb.sqlite3").mkdir(parents=True)
    assert_refused(shell.run("audit", "verify"), "数据库")
