"""A mistake ends with exit code 2, a Chinese message and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.kb.cli.commands import (
    ON,
    REPOSITORY,
    CommandServer,
    Finished,
    Shell,
    assert_refused,
)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("search", " "), "请输入"),
        (("search", "退保" * 101), "202 字"),
        (("search", "电话", "--limit", "0"), "1 到 50"),
        (("search", "电话", "--region", "广东省"), "广东"),
        (("show", "contact-chance", *ON), "contact-change"),
        (("show", "contact-change", "--on", "2020-01-01"), "2026-01-01"),
        (("show", "contact-change", "--on", "2026-13-01"), "2026-13-01"),
        (("show", "contact-change", "--set", "来电人=路人", *ON), "路人"),
        (("show", "contact-change", "--set", "来电人", *ON), "键=值"),
        (("show", "contact-change", "--revision", "0000"), "0000"),
        (("eval", "/nowhere/queries.jsonl"), "/nowhere/queries.jsonl"),
    ],
)
def test_a_wrong_value_is_named(indexed: Shell, arguments: tuple[str, ...], word: str) -> None:
    assert_refused(indexed.run(*arguments), word)


def test_a_wrong_setting_is_named(indexed: Shell) -> None:
    assert_refused(indexed.run("search", "电话", KB_PORT="many"), "KB_PORT", "many")


@pytest.mark.parametrize("command", [("check",), ("index",), ("search", "电话"), ("new", "claim")])
def test_a_missing_content_folder_is_named(
    server: CommandServer, tmp_path: Path, command: tuple[str, ...]
) -> None:
    shell = Shell(tmp_path / "absent", tmp_path / "data", server)
    assert_refused(shell.run(*command), str(tmp_path / "absent"), "KB_CONTENT_DIR")


def test_a_data_folder_that_is_a_file_is_named(indexed: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    broken = replace(indexed, data=tmp_path / "file")
    assert_refused(broken.run("search", "电话"), str(tmp_path / "file"))


def test_an_argument_that_is_no_utf8_is_refused(indexed: Shell) -> None:
    assert_refused(indexed.run("search", os.fsdecode(b"\xff\xfe")))


def test_a_folder_named_like_a_procedure_is_no_crash(shell: Shell) -> None:
    (shell.content / "procedures/保全/old.md").mkdir()
    assert shell.run("check", *ON).code == 0


@pytest.mark.parametrize("arguments", [("search",), ("search", "电话", "--limit", "many")])
def test_a_wrong_usage_is_explained_in_chinese(indexed: Shell, arguments: tuple[str, ...]) -> None:
    assert_refused(indexed.run(*arguments))


def test_the_command_ends_so_when_started_as_a_module(indexed: Shell) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kb.cli", "search", "电话"],
        cwd=REPOSITORY,
        env={**os.environ, "KB_CONTENT_DIR": str(indexed.data), "KB_DATA_DIR": str(indexed.data)},
        capture_output=True,
        check=False,
    )
    assert_refused(Finished(done.returncode, done.stdout.decode(), done.stderr.decode()))
