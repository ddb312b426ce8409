"""`kb index`."""

from __future__ import annotations

from kb.indexing import builder_lock
from tests.content_samples import LINKED_PATH
from tests.kb.cli.commands import ON, Shell, assert_refused


def test_the_index_is_built_once_and_then_up_to_date(shell: Shell) -> None:
    first = shell.run("index")
    assert first.code == 0
    assert first.output.startswith("索引已更新：")
    second = shell.run("index")
    assert second.output.startswith("索引已是最新：")


def test_files_that_could_not_be_taken_over_are_listed(shell: Shell) -> None:
    (shell.content / LINKED_PATH).write_text("broken", encoding="utf-8")
    finished = shell.run("index")
    assert finished.code == 0
    assert f"未收录 {LINKED_PATH}:1 " in finished.output


def test_while_another_process_builds_it_is_refused_and_searching_goes_on(indexed: Shell) -> None:
    with builder_lock(indexed.data / "index") as is_builder:
        assert is_builder
        assert_refused(indexed.run("index"), "另一个进程")
        assert indexed.run("search", "联系电话", "--json", *ON).json["answered"]


def test_a_search_first_brings_the_index_up_to_date(shell: Shell) -> None:
    assert shell.run("search", "联系地址", "--json", *ON).json["hits"][0]["id"] == "address-change"
    (shell.content / LINKED_PATH).unlink()
    hits = shell.run("search", "联系地址", "--json", *ON).json["hits"]
    assert "address-change" not in [hit["id"] for hit in hits]
