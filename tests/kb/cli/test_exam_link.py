"""`kb exam link`: suggestions for items, as lines and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content_samples import write_folder
from tests.exam_samples import EXAM, EXAM_PATH, exam_files, hash_at
from tests.kb.cli.commands import CommandServer, Shell, assert_refused, make_shell

MATERIAL = "contact-change#所需材料/授权委托书"
UNPINNED = EXAM.replace(f"- 关联: {MATERIAL} {hash_at('所需材料/授权委托书')}\n", "")


@pytest.fixture
def items_shell(tmp_path: Path, server: CommandServer) -> Shell:
    """Return a shell over the sample content with its exam items."""
    shell = make_shell(tmp_path, server)
    write_folder(shell.content, exam_files())
    return shell


def test_items_that_are_pinned_are_left_alone(items_shell: Shell) -> None:
    found = items_shell.run("exam", "link")
    assert (found.code, found.errors) == (0, "")
    assert found.output == "0 道题：0 道有对应规程，0 道无对应规程。\n"


def test_a_named_item_gets_its_line_and_its_pins_are_marked(items_shell: Shell) -> None:
    output = items_shell.run("exam", "link", "contact-2").output
    assert f"- 关联: {MATERIAL} {hash_at('所需材料/授权委托书')}\n" in output
    assert "材料（已关联）：答案“授权委托书”（材料）" in output


def test_an_item_without_pins_is_listed_without_being_named(items_shell: Shell) -> None:
    write_folder(items_shell.content, {EXAM_PATH: UNPINNED.encode()})
    (row,) = items_shell.run("exam", "link", "--json").json["items"]
    assert (row["id"], row["bank"], row["path"]) == ("contact-2", "练习", EXAM_PATH)
    first = row["procedures"][0]
    assert (first["id"], first["pinned"]) == ("contact-change", False)
    part = first["parts"][0]
    assert (part["target"], part["pinned"]) == (MATERIAL, False)
    assert part["hash"] == hash_at("所需材料/授权委托书")


def test_an_unknown_item_is_refused(items_shell: Shell) -> None:
    assert_refused(items_shell.run("exam", "link", "contact-99"), "contact-99")
