"""The builder looks after the content while it runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.content import DATA_FILES
from kb.errors import ContentFolderMissing
from tests.kb.indexing.desks import Desk, path_of, procedure_text

GENEROUS_SECONDS = 30.0
WATCH = (
    "import sys; from pathlib import Path\n"
    "from kb.content import FolderSource\n"
    "from kb.indexing import IndexBuilder\n"
    "IndexBuilder(FolderSource(Path(sys.argv[1])), Path(sys.argv[2]), 60).watch(0.2)\n"
)


def test_a_touched_file_writes_no_generation(desk: Desk) -> None:
    os.utime(desk.content / path_of("surrender"), (1, 1))
    assert not desk.refresh()


def test_a_change_that_keeps_size_and_time_is_found_when_the_index_is_verified(
    scrubbing_desk: Desk,
) -> None:
    path = scrubbing_desk.content / path_of("surrender")
    before = path.stat()
    with path.open("r+b") as file:
        file.write(procedure_text("surrender", "退款材料").encode())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert scrubbing_desk.refresh()
    assert scrubbing_desk.found("退款") == ["surrender"]


def test_a_missing_content_folder_is_told_and_the_index_stays(desk: Desk) -> None:
    shutil.move(desk.content, desk.content.with_name("away"))
    with pytest.raises(ContentFolderMissing):
        desk.builder.refresh()
    assert desk.found("退保") == ["surrender"]
    shutil.move(desk.content.with_name("away"), desk.content)
    assert not desk.refresh()


@pytest.mark.parametrize("is_restarted", [False, True])
def test_when_all_files_are_deleted_nothing_is_served(desk: Desk, is_restarted: bool) -> None:
    for name in DATA_FILES:
        (desk.content / name).unlink()
    desk.refresh()
    for procedure_id in ("surrender", "payment", "claim"):
        desk.remove(procedure_id)
    if is_restarted:
        desk.builder = desk.new_builder()
    assert desk.refresh()
    assert desk.found("退保") == []


def test_two_hundred_and_one_changed_files_are_a_full_build(desk: Desk) -> None:
    before = {path.name for path in desk.generation.whoosh.glob("*.trm")}
    for number in range(201):
        desk.publish(f"second-{number}", "受益人变更")
    assert desk.refresh()
    assert not before & {path.name for path in desk.generation.whoosh.glob("*.trm")}
    assert len(desk.view.search("受益人", limit=50).hits) == 50


def test_an_index_replaced_by_another_builder_is_rebuilt(desk: Desk) -> None:
    desk.publish("second", "受益人变更")
    assert desk.new_builder().refresh()
    desk.publish("third", "发票补发")
    assert desk.refresh()
    assert (desk.found("受益人"), desk.found("发票")) == (["second"], ["third"])


def wait_for(desk: Desk, text: str, found: list[str]) -> None:
    """Wait until the knowledge base finds `found`."""
    deadline = time.monotonic() + GENEROUS_SECONDS
    while time.monotonic() < deadline:
        desk.knowledge_base.refresh()
        if desk.found(text) == found:
            return
        time.sleep(0.05)
    pytest.fail(f"{text} found {desk.found(text)} and not {found}")


def watching(desk: Desk) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WATCH, str(desk.content), str(desk.index)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def test_a_watching_builder_serves_every_change_and_survives_a_missing_folder(desk: Desk) -> None:
    with watching(desk) as process:
        desk.publish("second", "受益人变更")
        wait_for(desk, "受益人", ["second"])
        shutil.move(desk.content, desk.content.with_name("away"))
        time.sleep(0.5)
        shutil.move(desk.content.with_name("away"), desk.content)
        desk.remove("second")
        wait_for(desk, "受益人", [])
        assert process.poll() is None
        process.kill()


def test_a_watching_builder_ends_with_the_process_that_started_it(
    desk: Desk, tmp_path: Path
) -> None:
    parent = (
        "import subprocess, sys\n"
        "print(subprocess.Popen([sys.executable, *sys.argv[1:]]).pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", parent, "-c", WATCH, str(desk.content), str(desk.index)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        desk.publish("second", "受益人变更")
        wait_for(desk, "受益人", ["second"])
        process.kill()
    deadline = time.monotonic() + GENEROUS_SECONDS
    while is_running(child):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Return whether a process runs; one that nobody has buried yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
