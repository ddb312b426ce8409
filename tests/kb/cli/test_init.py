"""`kb init` starts a content repository, and the other commands read what is published in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.content import content_paths
from kb.repository import ContentRepository, is_content_repository, start_repository
from kb.settings import PACKAGED_CONTENT
from tests.content_samples import LINKED_PATH, SAMPLE_PATH, changed
from tests.kb.cli.commands import ON, Finished, Shell, assert_refused


@pytest.fixture
def started(shell: Shell) -> Shell:
    """Return a shell in which no content is chosen, and a repository of the sample was started."""
    start_repository(shell.data / "content", shell.content)
    return shell


def run(shell: Shell, *arguments: str) -> Finished:
    """Run `kb` with no content chosen."""
    return shell.server.run(arguments, {"KB_DATA_DIR": str(shell.data)})


def test_it_copies_the_packaged_content(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    done = shell.run("init", str(folder))

    assert done.code == 0, done
    assert str(folder) in done.output
    assert is_content_repository(folder)
    assert content_paths(folder) == content_paths(PACKAGED_CONTENT)


def test_a_second_time_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shell.run("init", str(folder))
    commit = ContentRepository(folder).published()
    assert shell.run("init", str(folder)).code == 0

    assert ContentRepository(folder).published() == commit


def test_a_folder_with_something_else_is_refused(shell: Shell) -> None:
    assert_refused(shell.run("init", str(shell.content)), "没有动它")


def test_what_is_published_is_found_and_shown_not_what_lies_in_the_folder(
    started: Shell,
) -> None:
    title = changed("title: 变更联系电话\n", "title: 手改的标题\n")
    (started.data / "content" / SAMPLE_PATH).write_text(title, encoding="utf-8")
    shown = run(started, "show", "contact-change", *ON)
    found = run(started, "search", "换号码", *ON)

    assert shown.code == 0, shown
    assert "变更联系电话" in shown.output
    assert "变更联系电话" in found.output
    assert "手改" not in shown.output + found.output


def test_the_check_reads_what_lies_in_the_folder(started: Shell) -> None:
    (started.data / "content" / LINKED_PATH).write_text("---\n", encoding="utf-8")
    done = run(started, "check", *ON)

    assert done.code == 1
    assert LINKED_PATH in done.output


def test_commands_answer_from_the_index_while_the_database_is_away(started: Shell) -> None:
    assert run(started, "index").code == 0
    database = started.data / "kb.sqlite3"
    database.unlink()
    for left in started.data.glob("kb.sqlite3-*"):
        left.unlink()
    database.mkdir()
    done = run(started, "search", "换号码", *ON)

    assert done.code == 0, done
    assert "变更联系电话" in done.output
