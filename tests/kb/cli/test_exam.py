"""`kb exam`: what is stale, what is covered, what is confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content_samples import SAMPLE_PATH, changed, write_folder
from tests.exam_samples import EXAM, EXAM_PATH, exam_files, hash_at
from tests.kb.cli.commands import CommandServer, Shell, assert_refused, make_shell

CHANGED = changed("变更要由投保人提出。", "变更要由投保人本人提出。")


@pytest.fixture
def items_shell(tmp_path: Path, server: CommandServer) -> Shell:
    """Return a shell over the sample content with its exam items."""
    shell = make_shell(tmp_path, server)
    write_folder(shell.content, exam_files())
    return shell


def test_stale_lists_nothing_while_everything_holds(items_shell: Shell) -> None:
    found = items_shell.run("exam", "stale")
    assert (found.code, found.errors) == (0, "")
    assert found.output == "7 道题：0 道待复核，0 道将要失效，0 处和规程对不上。\n"


def test_stale_names_the_items_and_their_parts(items_shell: Shell) -> None:
    write_folder(items_shell.content, {SAMPLE_PATH: CHANGED.encode()})
    (row,) = items_shell.run("exam", "stale", "--json").json["stale"]
    assert (row["id"], row["bank"], row["path"]) == ("contact-1", "练习", EXAM_PATH)
    assert row["pins"] == [{"target": "contact-change#verify/必说/1", "state": "内容已改"}]
    told = items_shell.run("exam", "stale").output
    assert "contact-1（练习）contact-change#verify/必说/1 内容已改" in told
    assert "7 道题：1 道待复核" in told


def test_stale_tells_what_speaks_against_the_procedure(items_shell: Shell) -> None:
    text = changed("| 5工作日 |", "| 9工作日 |")
    write_folder(items_shell.content, {SAMPLE_PATH: text.encode()})
    (row,) = items_shell.run("exam", "stale", "--json").json["contradictions"]
    assert (row["id"], row["part"]) == ("contact-4", "时效/告知结果")
    assert "5工作日" in row["message"]


def test_confirm_writes_the_digits_and_the_item_holds_again(items_shell: Shell) -> None:
    write_folder(items_shell.content, {SAMPLE_PATH: CHANGED.encode()})
    found = items_shell.run("exam", "confirm", "contact-1")
    assert (found.code, found.output) == (0, "已确认 1 道题，改了 1 个文件。\n")
    written = (items_shell.content / EXAM_PATH).read_text(encoding="utf-8")
    digits = hash_at("verify/必说/1"), hash_at("verify/必说/1", CHANGED)
    assert written == EXAM.replace(*digits)
    assert items_shell.run("exam", "stale", "--json").json["stale"] == []


def test_confirm_refuses_an_item_that_is_none(items_shell: Shell) -> None:
    assert_refused(items_shell.run("exam", "confirm", "contact-99"), "contact-99")


def test_coverage_counts_what_has_items(items_shell: Shell) -> None:
    found = items_shell.run("exam", "coverage").output
    assert "必说：2 条，2 条有题。" in found
    assert "禁说：3 条，1 条有题。" in found


def test_coverage_writes_a_file_for_a_spreadsheet(items_shell: Shell, tmp_path: Path) -> None:
    target = tmp_path / "coverage.csv"
    found = items_shell.run("exam", "coverage", "--csv", str(target))
    assert found.output == f"已写好 {target}：2 份规程。\n"
    text = target.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("分类,规程,编号,题数,必说有题")
    assert "保全,变更联系电话,contact-change,7,2,2,2,1,3,1,1,4,1,1,2,1" in text


def test_check_names_the_faults_of_items(items_shell: Shell) -> None:
    text = changed(f" {hash_at('verify/必说/1')}", "", EXAM)
    write_folder(items_shell.content, {EXAM_PATH: text.encode()})
    found = items_shell.run("check", "--json", "--on", "2026-06-01")
    assert found.code == 1
    assert [(row["file"], row["code"]) for row in found.json["faults"]] == [
        (EXAM_PATH, "exam-pin-unconfirmed")
    ]
