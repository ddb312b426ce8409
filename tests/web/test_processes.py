"""Real processes: what is edited is served by all of them, and what breaks is mended meanwhile."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from kb.settings import PACKAGED_CONTENT, Settings
from tests.kb.search_events.events import stored
from tests.web.processes import (
    LONGEST_WAIT_SECONDS,
    RunningServer,
    people_searching,
    wait_until,
)
from tests.web.site import dated_files, site_of

pytestmark = pytest.mark.process

CATEGORY = "退保解约"
EDITED = f"procedures/{CATEGORY}/surrender-materials.md"
EDITED_ID = "surrender-materials"
# Words that stand nowhere in the content.
NEW_WORDS = ("青蛙王子", "紫色大象", "银河快车")
QUERIES = ("退保要什么材料", "犹豫期", "现金价值", "退保金什么时候到账")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with two web processes over one category of the content.

    All of it would take ten seconds of work each time that it is indexed anew.
    """
    folder = tmp_path_factory.mktemp("served")
    content = folder / "content"
    shutil.copytree(PACKAGED_CONTENT, content)
    for category in (content / "procedures").iterdir():
        if category.name != CATEGORY:
            shutil.rmtree(category)
    running = RunningServer(content, folder / "data")
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.kill()


def say(server: RunningServer, words: str) -> None:
    """Add a customer's wording to a procedure, as an editor who saves the file."""
    path = server.content / EDITED
    text = path.read_text(encoding="utf-8").replace("says:\n", f"says:\n  - {words}怎么办\n", 1)
    path.write_text(text, encoding="utf-8")


def wait_until_found(server: RunningServer, words: str) -> float:
    """Wait until every web process finds the edited procedure; return the seconds it took."""
    return server.wait_for_all(
        f"/api/v1/search?q={quote(words)}",
        lambda body: bool(body["hits"]) and body["hits"][0]["id"] == EDITED_ID and body["answered"],
    )


def test_a_file_edited_while_two_processes_serve_is_found_by_its_new_words(
    server: RunningServer,
) -> None:
    with people_searching(server, QUERIES) as people:
        for words in NEW_WORDS:
            say(server, words)
            wait_until_found(server, words)

    assert people.errors == []
    assert people.answered > 0


def test_a_deleted_index_folder_is_built_again_while_people_search(server: RunningServer) -> None:
    with people_searching(server, QUERIES) as people:
        shutil.rmtree(server.index)
        wait_until(server.generation, "a new index folder")
        say(server, "木星列车")
        wait_until_found(server, "木星列车")

    assert people.errors == []


def flip_a_byte(path: Path) -> None:
    """Change one bit in the middle of a file, in its place, as a failing disk would."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 0x40]))


@pytest.mark.parametrize("part", ["whoosh", "impacts"])
def test_a_flipped_byte_is_noticed_and_mended_while_people_search(
    server: RunningServer, part: str
) -> None:
    old = server.generation()
    files = [path for path in (server.index / old / part).rglob("*") if path.is_file()]
    with people_searching(server, QUERIES) as people:
        flip_a_byte(max(files, key=lambda path: path.stat().st_size))
        server.wait_for_generation_after(old)

    assert people.errors == []


def test_a_damaged_manifest_is_noticed_and_mended(server: RunningServer) -> None:
    old = server.generation()
    (server.index / old / "manifest.json").write_text("{", encoding="utf-8")

    server.wait_for_generation_after(old)


def test_a_changed_lexicon_leads_to_a_new_generation_while_people_search(
    server: RunningServer,
) -> None:
    old = server.generation()
    synonyms = server.content / "lexicon" / "synonyms.yaml"
    with people_searching(server, QUERIES) as people:
        with synonyms.open("a", encoding="utf-8") as file:
            file.write("\n金色飞贼: [退保]\n")
        server.wait_for_generation_after(old)

    assert people.errors == []
    server.wait_for_all(
        f"/api/v1/search?q={quote('金色飞贼')}",
        lambda body: any("同义：退保" in hit["why"] for hit in body["hits"]),
    )


def test_a_builder_that_is_killed_is_started_again_while_people_search(
    server: RunningServer,
) -> None:
    first = wait_until(server.builder, "the builder")
    with people_searching(server, QUERIES) as people:
        first.kill()
        second = wait_until(
            lambda: (found := server.builder()) and found.pid != first.pid and found,
            "another builder",
        )
        say(server, "水晶南瓜")
        wait_until_found(server, "水晶南瓜")

    assert second.is_running()
    assert people.errors == []


def test_a_builder_that_is_killed_in_the_middle_of_a_build_leaves_no_broken_index(
    server: RunningServer,
) -> None:
    terms = server.content / "lexicon" / "terms.txt"
    folders = {path.name for path in server.index.iterdir()}
    with people_searching(server, QUERIES) as people:
        with terms.open("a", encoding="utf-8") as file:
            file.write("\n琉璃蜻蜓\n")
        wait_until(lambda: {path.name for path in server.index.iterdir()} - folders, "a build")
        wait_until(server.builder, "the builder").kill()
        say(server, "琉璃蜻蜓")
        wait_until_found(server, "琉璃蜻蜓")

    assert people.errors == []


def test_a_file_that_breaks_is_served_as_it_was_by_every_process(server: RunningServer) -> None:
    path = server.content / EDITED
    good = path.read_bytes()
    path.write_bytes(good.replace("## 办理步骤".encode(), "## 办理的步骤".encode(), 1))
    server.wait_for_all("/api/v1/health", lambda body: body["kept"] == [EDITED])
    body = server.ask(f"/api/v1/procedures/{EDITED_ID}").body
    path.write_bytes(good)
    server.wait_for_all("/api/v1/health", lambda body: body["status"] == "ok")

    assert body["steps"]


def test_people_are_answered_while_the_database_is_locked_and_after_it_is_deleted(
    server: RunningServer,
) -> None:
    settings = Settings(data_dir=server.index.parent)
    with people_searching(server, QUERIES) as people:
        wait_until(lambda: stored(settings), "the first events")
        with closing(sqlite3.connect(settings.database_file, isolation_level=None)) as blocker:
            blocker.execute("BEGIN EXCLUSIVE")
            wait_until(lambda: "events wait" in server.tail_of_log(), "a refused event")
        settings.database_file.unlink()
        wait_until(lambda: stored(settings), "events in a new database")

    assert people.errors == []
    assert server.tail_of_log().count("events wait") <= 2 * len(server.workers())


@pytest.fixture
def small_server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server of its own, because it is ended."""
    site = site_of(tmp_path, dated_files())
    server = RunningServer(site.content, site.settings.data_dir)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.kill()


# SIGKILL stands for what ends a process without asking it, such as a lack of memory.
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_server_that_ends_takes_all_its_processes_along(
    small_server: RunningServer, sign: signal.Signals
) -> None:
    family = small_server.family()
    names = {member.pid: " ".join(member.cmdline()) for member in family}
    assert len(family) >= 4, names
    small_server.process.send_signal(sign)
    small_server.process.wait(timeout=LONGEST_WAIT_SECONDS)
    _, alive = psutil.wait_procs(family[1:], timeout=LONGEST_WAIT_SECONDS / 4)
    left = [names[member.pid] for member in alive]
    for member in alive:
        member.kill()

    assert left == []


def test_what_was_asked_last_is_stored_when_the_server_ends(small_server: RunningServer) -> None:
    settings = Settings(data_dir=small_server.index.parent)
    assert settings.database_file.stat().st_mode & 0o777 == 0o600
    small_server.ask(f"/api/v1/search?q={quote('最后一问13800138000')}")
    small_server.process.terminate()
    small_server.process.wait(timeout=LONGEST_WAIT_SECONDS)

    assert [event["query"] for event in stored(settings)] == ["最后一问〈手机号〉"]
    assert "13800138000" not in small_server.log.read_text(encoding="utf-8")
