"""Builds and opens the indexes of the peers on our terms over a synthetic pack."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from kb.search.analyzer_digest import analyzer_digest
from tests.bench.peers.product_terms import PeerDocument, peer_documents
from tests.bench.peers.tantivy_on_terms import TantivyPeer, TantivyWriter
from tests.bench.peers.whoosh_on_terms import WhooshPeer, WhooshWriter
from tests.bench.workplace import Workplace, folder_bytes, progress

_BATCH_DOCUMENTS = 100
_COMPLETE = "COMPLETE"


class PeerWriter(Protocol):
    """Writes the index of a peer."""

    def add(self, documents: Iterable[PeerDocument]) -> None:
        """Add documents."""

    def commit(self) -> None:
        """Make them findable."""


TermPeer = WhooshPeer | TantivyPeer
WRITERS: dict[str, type[WhooshWriter] | type[TantivyWriter]] = {
    "whoosh": WhooshWriter,
    "tantivy": TantivyWriter,
}
TERM_PEERS: dict[str, type[TermPeer]] = {"whoosh": WhooshPeer, "tantivy": TantivyPeer}


@dataclass(slots=True)
class PeerBuild:
    """What the build of a peer's index cost, the cutting of the text left out."""

    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
    megabytes: float = 0.0


def peer_folder(workplace: Workplace, size: int, name: str) -> Path:
    """Return where the index of a peer lies."""
    return workplace.folder / f"{name}-{size}"


def is_built(workplace: Workplace, size: int, name: str) -> bool:
    """Return whether the index of a peer is there, of the pack as it is now."""
    marker = peer_folder(workplace, size, name) / _COMPLETE
    return marker.is_file() and marker.read_text() == _state(workplace, size)


def _state(workplace: Workplace, size: int) -> str:
    """Return what the index of a peer depends on."""
    return f"{workplace.pack_digest(size)} {analyzer_digest()}"


def build_term_peers(workplace: Workplace, size: int, names: Iterable[str]) -> dict[str, PeerBuild]:
    """Build the indexes of the peers `names` anew; return what each cost."""
    folders = {name: peer_folder(workplace, size, name) for name in names}
    builds = {name: PeerBuild() for name in folders}
    writers: dict[str, PeerWriter] = {}
    for name, folder in folders.items():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
        writers[name] = WRITERS[name](folder)
    documents = peer_documents(workplace.text_analyzer(), workplace.documents(size))
    with progress(f"building {' and '.join(folders)} for {size} procedures"):
        while batch := list(islice(documents, _BATCH_DOCUMENTS)):
            for name, writer in writers.items():
                with _Timed(builds[name]):
                    writer.add(batch)
        for name, writer in writers.items():
            with _Timed(builds[name]):
                writer.commit()
            builds[name].megabytes = folder_bytes(folders[name]) / 1e6
            (folders[name] / _COMPLETE).write_text(_state(workplace, size))
    return builds


class _Timed:
    """Adds wall and CPU seconds of all threads to a build."""

    def __init__(self, build: PeerBuild) -> None:
        self._build = build

    def __enter__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self._build.wall_seconds += time.perf_counter() - self._wall
        self._build.cpu_seconds += time.process_time() - self._cpu


def open_term_peers(workplace: Workplace, size: int, names: Iterable[str]) -> dict[str, TermPeer]:
    """Return the peers over a pack, built if need be."""
    listed = list(names)
    missing = [name for name in listed if not is_built(workplace, size, name)]
    if missing:
        build_term_peers(workplace, size, missing)
    return {name: TERM_PEERS[name](peer_folder(workplace, size, name)) for name in listed}
