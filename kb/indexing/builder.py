"""The builder: the one process that writes generations.

It polls the content (the digests are the truth, the file system's events only shorten the wait),
turns changes into small updates, and verifies the generation in use from time to time. Readers
are never stopped: a rebuild goes on beside the generation that they use.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchfiles import watch

from kb.content import (
    ContentFiles,
    ContentSource,
    parse_procedure_file,
    read_reference_data,
)
from kb.errors import IndexUnavailable, KbError
from kb.indexing.build import (
    BuiltIndex,
    build_full,
    build_small,
    build_trained,
    needs_full_build,
)
from kb.indexing.generation import FORMAT_VERSION, Manifest, current_generation
from kb.indexing.training import training_digest
from kb.search.analyzer import Analyzer
from kb.search.analyzer_digest import analyzer_digest
from kb.search.dictionary import read_dictionary
from kb.search.impact_cache import load_impact_cache
from kb.search.whoosh_store import open_store

_LOG = logging.getLogger(__name__)
_LOCK_FILE = "builder.lock"
_LOOK_SECONDS = 0.2
"""How often a training looks whether a change waits."""


@contextmanager
def builder_lock(index_dir: Path) -> Iterator[bool]:
    """Give whether this process is now the builder; the kernel frees the lock when it dies."""
    index_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (index_dir / _LOCK_FILE).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


class _ChangeWaits(Exception):
    """Raised in the middle of a training that has to wait."""


class IndexBuilder:
    """Keeps the index in step with the content. Call its methods only under the builder lock."""

    def __init__(self, source: ContentSource, index_dir: Path, scrub_seconds: float) -> None:
        """Build from `source` into `index_dir`; verify every `scrub_seconds`."""
        self._source = source
        self._index_dir = index_dir
        self._scrub_seconds = scrub_seconds
        self._built: BuiltIndex | None = None
        self._signature: Hashable = None
        self._scrubbed_at = 0.0
        self._looked_at = 0.0

    def refresh(self) -> bool:
        """Bring the index up to date; return whether a new generation was written."""
        if self._built is None:
            self._built = self._reopen()
        if self._is_lost() or self._is_damaged():
            return self._build_full()
        assert self._built is not None  # noqa: S101 - _is_lost() has just said so
        signature = self._source.signature()
        if signature == self._signature:
            return False
        files = self._source.read_files()
        changed = _changed_paths(self._built.manifest, files)
        if changed and needs_full_build(self._built, files, changed):
            return self._build_full()
        if changed:
            smaller = build_small(self._index_dir, self._built, files, changed)
            if smaller is None:
                return self._build_full()
            self._built = smaller
            _LOG.info("generation %s: %d files changed", self._name(), len(changed))
        self._signature = signature
        return bool(changed)

    def train(self) -> bool:
        """Train the intent model on what is served; return whether a new generation was written.

        A small update keeps the model of before, so that it is findable at once. Training is given
        up when the next change waits: it takes seconds.
        """
        if self._built is None or self._built.is_trained:
            return False
        try:
            self._built = build_trained(self._index_dir, self._built, self._stop_for_change)
        except _ChangeWaits:
            return False
        _LOG.info("generation %s: intent model trained", self._name())
        return True

    def _stop_for_change(self) -> None:
        if time.monotonic() - self._looked_at < _LOOK_SECONDS:
            return
        self._looked_at = time.monotonic()
        if self._source.signature() != self._signature:
            raise _ChangeWaits

    def _name(self) -> str:
        return self._built.generation.name if self._built else "-"

    def _reopen(self) -> BuiltIndex | None:
        """Return the generation of an earlier run, or None when it cannot be gone on with."""
        generation = current_generation(self._index_dir)
        if generation is None:
            return None
        try:
            manifest = generation.read_manifest()
            if not is_usable(manifest) or generation.damaged_file(manifest):
                return None
            reference = read_reference_data(generation.read_data_files())
            if reference.lexicon.digest != manifest.lexicon:
                return None
            self._scrubbed_at = time.monotonic()
            return BuiltIndex(
                generation,
                manifest,
                open_store(generation.whoosh),
                load_impact_cache(generation.impacts),
                Analyzer(reference.lexicon, read_dictionary(generation.dictionary)),
                is_trained=manifest.trained_on == training_digest(manifest.sources),
                small_updates=len([*generation.whoosh.glob("*.trm")]) - 1,
            )
        except IndexUnavailable:
            return None

    def _is_lost(self) -> bool:
        """Return whether the generation that should be in use is not (deleted, replaced)."""
        current = current_generation(self._index_dir)
        return self._built is None or current != self._built.generation

    def _is_damaged(self) -> bool:
        """Verify every file once in `scrub_seconds`; forget signatures to re-read the content."""
        if self._built is None or time.monotonic() - self._scrubbed_at < self._scrub_seconds:
            return False
        self._scrubbed_at = time.monotonic()
        self._signature = None
        damaged = self._damaged_file(self._built)
        if damaged:
            _LOG.error("generation %s: %s is damaged, rebuilding", self._name(), damaged)
        return damaged is not None

    @staticmethod
    def _damaged_file(built: BuiltIndex) -> str | None:
        try:
            if built.generation.read_manifest() != built.manifest:
                return "manifest.json"
        except IndexUnavailable:
            return "manifest.json"
        return built.generation.damaged_file(built.manifest)

    def _build_full(self) -> bool:
        signature = self._source.signature()
        files = self._source.read_files()
        self._built = build_full(self._index_dir, files, self._last_readable(files))
        self._signature, self._scrubbed_at = signature, time.monotonic()
        _LOG.info("generation %s: built in full", self._name())
        return True

    def _last_readable(self, files: ContentFiles) -> ContentFiles:
        """Return what is served now for the procedures whose files are broken."""
        if self._built is None:
            return {}
        broken = {fault.file for fault in self._built.manifest.faults}
        broken |= {path for path in _changed_paths(self._built.manifest, files) if path in files}
        served = {document.path: document for document in self._built.store.documents}
        readable = self._readable_data_files(self._built)
        for path in broken & served.keys() & files.keys():
            if parse_procedure_file(path, files[path]).procedure is None:
                source = self._built.store.source(served[path].number)
                # The index may be rebuilt because it rotted.
                if hashlib.sha256(source).hexdigest() == served[path].card["revision"]:
                    readable[path] = source
        return readable

    @staticmethod
    def _readable_data_files(built: BuiltIndex) -> dict[str, bytes]:
        files = built.generation.read_data_files()
        return {
            name: data
            for name, data in files.items()
            if hashlib.sha256(data).hexdigest() == built.manifest.files.get(f"data/{name}")
        }

    def watch(self, poll_seconds: float, upkeep: Callable[[], None] = lambda: None) -> None:
        """Refresh at every change and at least every `poll_seconds`; never returns.

        The intent model is trained once no change is waiting. A failed refresh is logged, once as
        long as the reason stays, and tried again: the generation in use stays in use. `upkeep` runs
        after each refresh and must not fail.
        """
        parent = os.getppid()
        told = ""
        while os.getppid() == parent:
            try:
                if not self.refresh():
                    self.train()
                told = ""
            except (KbError, OSError) as error:
                if str(error) != told:
                    _LOG.exception("the index could not be refreshed")
                told = str(error)
            upkeep()
            self._wait(poll_seconds)

    def _wait(self, poll_seconds: float) -> None:
        if not self._source.watched.is_dir():
            time.sleep(poll_seconds)
            return
        timeout = int(poll_seconds * 1000)
        events = watch(
            self._source.watched,
            debounce=100,
            step=50,
            rust_timeout=timeout,
            yield_on_timeout=True,
        )
        next(events, None)
        events.close()


def is_usable(manifest: Manifest) -> bool:
    """Return whether this version of the program can serve the generation."""
    return manifest.format_version == FORMAT_VERSION and manifest.analyzer == analyzer_digest()


def _changed_paths(manifest: Manifest, files: ContentFiles) -> set[str]:
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    return {
        path
        for path in {*digests, *manifest.sources}
        if digests.get(path) != manifest.sources.get(path)
    }
