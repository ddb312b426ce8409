"""`kb exam export`: what is fit to be used, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.exams.formats import FORMATS, READABLE_FORMATS
from tests.content_samples import write_folder
from tests.exam_samples import exam_files
from tests.kb.cli.commands import CommandServer, Shell, assert_refused, make_shell


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory, server: CommandServer) -> Shell:
    """Return a shell whose content has items; one is pinned to a part that was changed."""
    shell = make_shell(tmp_path_factory.mktemp("exam"), server)
    files = exam_files()
    path, data = next(iter(files.items()))
    pin = "verify/必说/1 "
    place = data.index(pin.encode()) + len(pin.encode())
    stale = data[:place] + b"0" * 16 + data[place + 16 :]
    write_folder(shell.content, {**files, path: stale})
    return shell


def ids(file: Path, name: str) -> list[str]:
    return [item.id for item in READABLE_FORMATS[name]().read(file.read_bytes()).items]


@pytest.mark.parametrize("name", READABLE_FORMATS)
def test_items_of_the_practice_bank_that_still_hold_are_written(
    bank: Shell, tmp_path: Path, name: str
) -> None:
    target = tmp_path / "items"
    finished = bank.run("exam", "export", "--format", name, "--out", str(target))
    assert (finished.code, finished.output) == (0, f"已写出 {target}：5题。\n")
    assert ids(target, name) == [f"contact-{number}" for number in range(2, 7)]
    assert "contact-1（contact-change#verify/必说/1 内容已改）" in finished.errors


def test_the_exam_bank_is_written_when_it_is_asked_for(bank: Shell, tmp_path: Path) -> None:
    target = tmp_path / "items"
    arguments = ("--format", "gift", "--bank", "考试", "--out", str(target))
    assert bank.run("exam", "export", *arguments).code == 0
    assert ids(target, "gift") == ["contact-7"]


def test_a_topic_chooses_among_the_items(bank: Shell, tmp_path: Path) -> None:
    target = tmp_path / "items"
    arguments = ("--format", "gift", "--topic", "代办", "--out", str(target))
    assert bank.run("exam", "export", *arguments).code == 0
    assert ids(target, "gift") == ["contact-5"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "pdf"), "、".join(FORMATS)),
        (("--format", "gift", "--bank", "别的"), "练习"),
        (("--format", "gift", "--topic", "没有的主题"), "没有可以导出"),
    ],
)
def test_what_cannot_be_exported_is_refused(
    bank: Shell, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    target = tmp_path / "items"
    assert_refused(bank.run("exam", "export", *arguments, "--out", str(target)), message)
    assert not list(tmp_path.iterdir())
