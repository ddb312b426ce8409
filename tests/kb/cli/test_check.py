"""`kb check`."""

from __future__ import annotations

import hashlib

from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH, changed, line_of
from tests.kb.cli.commands import ON, Finished, Shell

FAULT_KEYS = ["file", "line", "column", "code", "severity", "message", "fix"]


def codes(finished: Finished) -> set[tuple[str, int, str, str]]:
    faults = finished.json["faults"]
    return {(row["file"], row["line"], row["code"], row["severity"]) for row in faults}


def test_good_content_ends_with_0_and_an_empty_list(shell: Shell) -> None:
    finished = shell.run("check", "--json", *ON)
    assert (finished.code, finished.errors) == (0, "")
    assert finished.json == {"faults": []}


def test_errors_end_with_1_and_are_listed_all_at_once(shell: Shell) -> None:
    broken = changed("title: 变更联系电话\n", "title:\n", SAMPLE)
    (shell.content / SAMPLE_PATH).write_text(broken, encoding="utf-8")
    wrong = changed("〔公司规定〕", "〔没有的法§1〕", LINKED)
    (shell.content / LINKED_PATH).write_text(wrong, encoding="utf-8")
    finished = shell.run("check", "--json", *ON)
    assert (finished.code, finished.errors) == (1, "")
    assert list(finished.json) == ["faults"]
    assert all(list(row) == FAULT_KEYS for row in finished.json["faults"])
    line = line_of("没有的法", wrong)
    assert codes(finished) >= {
        (SAMPLE_PATH, 2, "header-missing", "error"),
        (LINKED_PATH, line, "citation-unknown-law", "error"),
    }


def test_warnings_alone_end_with_0(shell: Shell) -> None:
    finished = shell.run("check", "--json", "--on", "2027-01-01")
    assert finished.code == 0
    assert {row["severity"] for row in finished.json["faults"]} == {"warning"}
    assert "review-passed" in {row["code"] for row in finished.json["faults"]}


def test_for_people_each_fault_names_place_kind_and_remedy(shell: Shell) -> None:
    (shell.content / LINKED_PATH).write_text("broken", encoding="utf-8")
    finished = shell.run("check", *ON)
    assert finished.code == 1
    assert f"{LINKED_PATH}:1:1: 错误 [header-missing]" in finished.output
    assert "改法：" in finished.output
    assert "个错误，0 个提醒。" in finished.output.splitlines()[-1]


def test_checking_changes_no_file_of_the_content(shell: Shell) -> None:
    def digests() -> dict[str, str]:
        files = (path for path in shell.content.rglob("*") if path.is_file())
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = digests()
    assert shell.run("check", *ON).code == 0
    assert digests() == before
