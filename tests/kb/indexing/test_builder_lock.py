"""Only one process builds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kb.indexing import builder_lock

HOLD = (
    "import sys, time; from pathlib import Path\n"
    "from kb.indexing import builder_lock\n"
    "with builder_lock(Path(sys.argv[1])) as is_builder:\n"
    "    print(is_builder, flush=True)\n"
    "    sys.stdin.read()\n"
)


@contextmanager
def other_process(index_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """Give a process that asks for the lock, says what it got and waits for its input's end."""
    command = [sys.executable, "-c", HOLD, str(index_dir)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def answer_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_process_is_not_the_builder_until_the_first_has_ended(tmp_path: Path) -> None:
    with other_process(tmp_path) as holder:
        assert answer_of(holder) == "True"
        with builder_lock(tmp_path) as is_builder:
            assert not is_builder
        holder.communicate("")
    with builder_lock(tmp_path) as is_builder:
        assert is_builder


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with other_process(tmp_path) as holder:
        assert answer_of(holder) == "True"
        holder.kill()
        holder.wait()
        with builder_lock(tmp_path) as is_builder:
            assert is_builder


def test_this_process_excludes_another(tmp_path: Path) -> None:
    with builder_lock(tmp_path) as is_builder, other_process(tmp_path) as second:
        assert is_builder
        assert answer_of(second) == "False"


def test_the_lock_makes_the_index_folder_private(tmp_path: Path) -> None:
    with builder_lock(tmp_path / "index"):
        assert (tmp_path / "index").stat().st_mode & 0o077 == 0


def test_an_error_under_the_lock_frees_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), builder_lock(tmp_path):
        raise RuntimeError
    with builder_lock(tmp_path) as is_builder:
        assert is_builder
