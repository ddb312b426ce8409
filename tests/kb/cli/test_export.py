"""`kb export --offline`: one file, written whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.kb.cli.commands import Shell, assert_refused


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copy.html"


def test_the_copy_says_what_it_holds_and_until_when(shell: Shell, target: Path) -> None:
    finished = shell.run("export", "--offline", "--to", str(target))
    assert finished.code == 0
    text = target.read_text(encoding="utf-8")
    last = date.today() + timedelta(days=7)
    assert str(target) in finished.output
    assert f'data-expires="{last}"' in text or f'data-expires="{last + timedelta(1)}"' in text
    assert "变更联系电话" in text
    assert sorted(path.name for path in target.parent.glob("*copy.html*")) == ["copy.html"]


def test_the_last_day_can_be_set(shell: Shell, target: Path) -> None:
    finished = shell.run("export", "--offline", "--to", str(target), "--expires", "2099-01-31")
    assert finished.code == 0
    assert 'data-expires="2099-01-31"' in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--offline"),
        (("--offline", "--expires", "2020-01-01"), "已经过去"),
        (("--offline", "--expires", "明天"), "日期"),
    ],
)
def test_what_cannot_be_exported_is_said(
    shell: Shell, target: Path, arguments: tuple[str, ...], message: str
) -> None:
    target.write_text("earlier", encoding="utf-8")
    assert_refused(shell.run("export", "--to", str(target), *arguments), message)
    assert target.read_text(encoding="utf-8") == "earlier"


def test_a_folder_that_is_missing_is_said(shell: Shell, tmp_path: Path) -> None:
    finished = shell.run("export", "--offline", "--to", str(tmp_path / "no" / "copy.html"))
    assert finished.code == 2
    assert "no/copy.html" in finished.errors
