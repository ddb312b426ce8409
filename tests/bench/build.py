"""`build`: what a full build and a small update cost, the peers' builds, and the size on disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kb.content import FolderSource, content_paths, is_procedure_path
from kb.indexing import IndexBuilder, current_generation
from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings
from tests.bench.figures import markdown_table, spread
from tests.bench.peers import TERM_PEERS, build_term_peers
from tests.bench.startup import measure_starts
from tests.bench.stopwatch import Stopwatch
from tests.bench.today import TODAY
from tests.bench.workplace import Workplace, folder_bytes, progress
from tests.clocks import instant

_UPDATES = 5
_SCRUB_SECONDS = 3600
_NEW_WORD = "氪钇{}镧铪"
"""A word that no pack has; the number keeps the updates apart."""


def measure(workplace: Workplace, size: int, peers: list[str]) -> dict[str, Any]:
    """Return the figures of one size. The pack is left as it was."""
    settings = Settings(
        content_dir=workplace.pack(size), data_dir=workplace.folder / f"build-{size}"
    )
    shutil.rmtree(settings.data_dir, ignore_errors=True)
    builder = IndexBuilder(
        FolderSource(settings.content_folder), settings.index_dir, _SCRUB_SECONDS
    )
    full = Stopwatch()
    with progress(f"building our index of {size} procedures"), full:
        builder.refresh()
    figures: dict[str, Any] = {
        "size": size,
        "full": {**full.figures(), "megabytes": _current_bytes(settings.index_dir) / 1e6},
        "start": measure_starts(workplace, size, settings),
        "update": _measure_updates(settings, builder),
    }
    shutil.rmtree(settings.data_dir)
    builds = build_term_peers(workplace, size, peers) if peers else {}
    return {**figures, "peers": {name: asdict(build) for name, build in builds.items()}}


def _current_bytes(index_dir: Path) -> int:
    generation = current_generation(index_dir)
    assert generation is not None
    return folder_bytes(generation.folder)


def _measure_updates(settings: Settings, builder: IndexBuilder) -> dict[str, Any]:
    """Change one file several times; measure until another reader finds the new word.

    What the served system adds is waiting: up to KB_POLL_SECONDS until the builder looks, and up
    to half a second until a worker looks.
    """
    reader = KnowledgeBase(settings, lambda: instant(TODAY))
    reader.refresh()
    paths = [path for path in content_paths(settings.content_folder) if is_procedure_path(path)]
    phases: dict[str, list[dict[str, float]]] = {"write": [], "load": [], "findable": []}
    for number in range(_UPDATES):
        path = settings.content_folder / paths[number * len(paths) // _UPDATES]
        original, word = path.read_text(encoding="utf-8"), _NEW_WORD.format(number)
        try:
            changed = original.replace("keywords: [", f"keywords: [{word}, ", 1)
            path.write_text(changed, encoding="utf-8")
            for phase, seconds in _update(builder, reader, word, path.stem).items():
                phases[phase].append(seconds)
        finally:
            path.write_text(original, encoding="utf-8")
    return {
        phase: {
            unit: asdict(spread(item[unit] for item in listed))
            for unit in ("wall_seconds", "cpu_seconds")
        }
        for phase, listed in phases.items()
    }


def _update(
    builder: IndexBuilder, reader: KnowledgeBase, word: str, expected: str
) -> dict[str, dict[str, float]]:
    """Return phase → seconds of one update; the phase `findable` is the whole."""
    write, load, whole = Stopwatch(), Stopwatch(), Stopwatch()
    with whole:
        with write:
            assert builder.refresh()
        with load:
            assert reader.refresh()
        found = reader.view.search(word).hits
    assert found, f"{word} is not found"
    assert found[0].id == expected, f"{word} leads to {found[0].id}, not to {expected}"
    return {"write": write.figures(), "load": load.figures(), "findable": whole.figures()}


def table(figures: list[dict[str, Any]]) -> str:
    """Return the figures of all sizes as markdown."""
    head = ["what", *(f"{item['size']} procedures" for item in figures)]
    rows = [[label, *(_get(item, read) for item in figures)] for label, read in _ROWS.items()]
    return markdown_table(head, [row for row in rows if any(cell != "" for cell in row[1:])])


def _get(item: dict[str, Any], read: Callable[[dict[str, Any]], object]) -> object:
    try:
        return read(item)
    except KeyError:
        return ""


_ROWS: dict[str, Callable[[dict[str, Any]], object]] = {
    "full build, wall s": lambda item: item["full"]["wall_seconds"],
    "full build, CPU s": lambda item: item["full"]["cpu_seconds"],
    "index on disk, MB": lambda item: item["full"]["megabytes"],
    "one-file update until findable, wall s p50": lambda item: item["update"]["findable"][
        "wall_seconds"
    ]["p50"],
    "… of it writing the generation": lambda item: item["update"]["write"]["wall_seconds"]["p50"],
    "… of it loading it in a reader": lambda item: item["update"]["load"]["wall_seconds"]["p50"],
    "one-file update, CPU s p50": lambda item: item["update"]["findable"]["cpu_seconds"]["p50"],
    "`kb search`, process start to answer, wall s": lambda item: item["start"]["command"],
    "worker, process start to answer, wall s": lambda item: item["start"]["one"]["seconds"][0],
    "two workers at once, start to answer, wall s": lambda item: max(
        item["start"]["two"]["seconds"]
    ),
    "worker after 200 queries, PSS MB": lambda item: item["start"]["one"]["pss_megabytes"][0],
    "each of two workers, PSS MB": lambda item: max(item["start"]["two"]["pss_megabytes"]),
    **{
        f"{name} build, {label}": (lambda item, name=name, key=key: item["peers"][name][key])  # type: ignore[misc]
        for name in TERM_PEERS
        for label, key in (
            ("wall s (text already cut)", "wall_seconds"),
            ("CPU s (text already cut)", "cpu_seconds"),
            ("MB on disk", "megabytes"),
        )
    },
}
