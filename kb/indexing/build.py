"""Writes generations: a full one from all files, or a small one from a few changed files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kb.content import (
    DATA_FILES,
    LEXICON_FILES,
    ContentFiles,
    Fault,
    ReferenceData,
    is_procedure_path,
    read_reference_data,
)
from kb.indexing.entries import AnalysedFile, analyse_file, analysis, sampled_mean_lengths
from kb.indexing.generation import (
    FORMAT_VERSION,
    SPELLED_WORDS_FILE,
    Generation,
    Manifest,
    discard,
    make_current,
    new_generation,
)
from kb.search.analyzer import Analyzer, MeanLengths, analyzer_digest
from kb.search.dictionary import DICTIONARY_FILES, dictionary_files, read_dictionary
from kb.search.impact_cache import ImpactCache
from kb.search.terms import Space
from kb.search.whoosh_store import (
    IndexEntry,
    StoredDocument,
    WhooshStore,
    create_store,
    update_store,
)

_MAX_SMALL_UPDATE_FILES = 200
_MAX_SMALL_UPDATES = 50
"""Each adds a segment; a full build merges them and renews the mean lengths."""

_REPEATED = "id-repeated"

VersionKey = tuple[str, date]


@dataclass(slots=True)
class BuiltIndex:
    """A finished generation, held open by the builder for the next small update."""

    generation: Generation
    manifest: Manifest
    store: WhooshStore
    cache: ImpactCache
    analyzer: Analyzer
    small_updates: int = 0


@dataclass(slots=True)
class _Intake:
    """Takes entries over, and remembers what could not be."""

    taken: dict[VersionKey, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def entries(self, analysed: Iterable[AnalysedFile]) -> Iterator[IndexEntry]:
        """Yield the entries to write; broken and repeated ones become faults."""
        for file in analysed:
            self.faults += file.faults
            if file.entry is None:
                continue
            key = (file.entry.document.id, file.entry.document.effective_from)
            if self.taken.setdefault(key, file.path) == file.path:
                yield file.entry
            else:
                self.faults.append(_repeated(file, self.taken[key]))


def _repeated(file: AnalysedFile, first: str) -> Fault:
    return Fault(
        file.path,
        1,
        1,
        _REPEATED,
        "error",
        f"同一编号、同一生效日已有一份：{first}。",
        "删去一份，或改编号、改生效日。",
    )


def build_full(
    index_dir: Path, files: ContentFiles, last_readable: ContentFiles | None = None
) -> BuiltIndex:
    """Write a generation from all `files` and make it current.

    `last_readable` holds for broken files the bytes that were served last, which stay in service.
    """
    last_readable = last_readable or {}
    data = _served_data(files, last_readable)
    dictionary = dictionary_files(dictionary_dir(index_dir))
    lexicon = data.reference.lexicon
    analyzer = Analyzer(lexicon, read_dictionary(dictionary))
    paths = sorted(path for path in files if is_procedure_path(path))
    lengths = sampled_mean_lengths(files, paths)
    intake = _Intake()
    generation = new_generation(index_dir)
    try:
        _link(dictionary, DICTIONARY_FILES, generation.dictionary)
        with analysis(len(paths), analyzer, lexicon, lengths, generation.dictionary) as analyse:
            analysed = analyse((path, files[path]) for path in paths)
            rescued = _rescued(analysed, intake, last_readable, analyzer, lengths)
            store, cache = create_store(generation.whoosh, intake.entries(rescued))
        cache.save(generation.impacts)
        generation.spelled.mkdir(mode=0o700)
        spelled = analyzer.spelled_words(cache.document_counts(Space.WORDS))
        spelled.save(generation.spelled / SPELLED_WORDS_FILE)
        _write_data_files(generation, data)
        manifest = _manifest(generation, files, data, lengths, intake)
        return _finish(BuiltIndex(generation, manifest, store, cache, analyzer))
    except BaseException:
        discard(generation)
        raise


def _rescued(
    analysed: Iterable[AnalysedFile],
    intake: _Intake,
    last_readable: ContentFiles,
    analyzer: Analyzer,
    lengths: MeanLengths,
) -> Iterator[AnalysedFile]:
    """Put the last readable bytes in the place of a broken file, keeping its faults."""
    for file in analysed:
        if file.entry is None and file.path in last_readable:
            old = analyse_file(file.path, last_readable[file.path], analyzer, lengths)
            if old.entry is not None:
                intake.kept.append(file.path)
                file = replace(file, entry=old.entry)
        yield file


def needs_full_build(built: BuiltIndex, files: ContentFiles, changed: set[str]) -> bool:
    """Return whether the change is too large, or of a kind, for a small update."""
    return (
        bool(changed & set(LEXICON_FILES))
        # Mean lengths are kept over small updates; without procedures there are none.
        or not built.manifest.mean_lengths
        or len(changed) > _MAX_SMALL_UPDATE_FILES
        or built.small_updates >= _MAX_SMALL_UPDATES
    )


def build_small(
    index_dir: Path, built: BuiltIndex, files: ContentFiles, changed: set[str]
) -> BuiltIndex | None:
    """Write a generation that differs from `built` in the `changed` paths; make it current.

    A changed file that is broken keeps its last readable version in service. Returns None, with
    nothing written, when a changed file repeats a version: which of the two is served must not
    depend on the order in which they were written, and only a full build decides by path.
    """
    old = built.manifest
    # A second file of the same version may be the only one left after this change.
    changed = changed | {fault.file for fault in old.faults if fault.code == _REPEATED}
    numbers = {document.path: document for document in built.store.documents}
    intake = _intake_beside(old, numbers.values(), changed)
    analysed = [
        analyse_file(path, files[path], built.analyzer, old.mean_lengths)
        for path in sorted(changed)
        if path in files and is_procedure_path(path)
    ]
    intake.kept += [item.path for item in analysed if item.entry is None and item.path in numbers]
    entries = list(intake.entries(analysed))
    if any(fault.code == _REPEATED for fault in intake.faults):
        return None
    dropped = [path for path in changed if path in numbers and path not in intake.kept]
    generation = new_generation(index_dir)
    try:
        known = _link_unchanged(built, generation)
        store, added = update_store(generation.whoosh, dropped, entries)
        cache = built.cache.replaced([numbers[path].number for path in dropped], added)
        cache.save(generation.impacts)
        data = _served_data(files, built.generation.read_data_files())
        _write_data_files(generation, data)
        manifest = _manifest(generation, files, data, old.mean_lengths, intake, known)
        return _finish(
            BuiltIndex(generation, manifest, store, cache, built.analyzer, built.small_updates + 1)
        )
    except BaseException:
        discard(generation)
        raise


def _intake_beside(
    old: Manifest, documents: Iterable[StoredDocument], changed: set[str]
) -> _Intake:
    """Return an intake that knows the versions and the faults of the files left as they are."""
    return _Intake(
        taken={
            (item.id, item.effective_from): item.path
            for item in documents
            if item.path not in changed
        },
        faults=[fault for fault in old.faults if fault.file not in changed],
        kept=[path for path in old.kept if path not in changed],
    )


def _link_unchanged(built: BuiltIndex, generation: Generation) -> dict[Path, str]:
    """Link what never changes: segments, dictionary, words by reading; return known hashes."""
    known: dict[Path, str] = {}
    for old, new in (
        (built.generation.whoosh, generation.whoosh),
        (built.generation.dictionary, generation.dictionary),
        (built.generation.spelled, generation.spelled),
    ):
        hashes = {
            path.name: built.manifest.files[f"{old.name}/{path.name}"]
            for path in old.iterdir()
            if not path.name.endswith("LOCK")
        }
        _link(old, hashes, new)
        known |= {new / name: digest for name, digest in hashes.items()}
    return known


def _link(source: Path, names: Iterable[str], target: Path) -> None:
    target.mkdir(mode=0o700)
    for name in names:
        os.link(source / name, target / name)


@dataclass(frozen=True, slots=True)
class _ServedData:
    """The data files as they are served, and what is wrong with them as they were written."""

    files: ContentFiles
    reference: ReferenceData
    faults: tuple[Fault, ...]
    kept: tuple[str, ...]


def _served_data(files: ContentFiles, last_readable: ContentFiles) -> _ServedData:
    """Keep the last readable bytes of a broken data file in service, as with procedures.

    One missing bracket in the register would otherwise lead every citation nowhere.
    """
    written = {name: files[name] for name in DATA_FILES if name in files}
    reference = read_reference_data(written)
    broken = {fault.file for fault in reference.faults if fault.severity == "error"}
    kept = {name: last_readable[name] for name in broken if name in last_readable}
    served = {**written, **kept}
    if kept:
        return _ServedData(
            served, read_reference_data(served), reference.faults, tuple(sorted(kept))
        )
    return _ServedData(served, reference, reference.faults, ())


def _write_data_files(generation: Generation, data: _ServedData) -> None:
    for name, content in data.files.items():
        target = generation.data / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _manifest(
    generation: Generation,
    files: ContentFiles,
    data: _ServedData,
    lengths: MeanLengths,
    intake: _Intake,
    known: dict[Path, str] | None = None,
) -> Manifest:
    return Manifest(
        format_version=FORMAT_VERSION,
        analyzer=analyzer_digest(),
        lexicon=data.reference.lexicon.digest,
        sources={path: hashlib.sha256(data).hexdigest() for path, data in files.items()},
        mean_lengths=lengths,
        faults=tuple(sorted({*data.faults, *intake.faults})),
        kept=tuple(sorted({*intake.kept, *data.kept})),
        files=generation.hash_files(known),
    )


def _finish(built: BuiltIndex) -> BuiltIndex:
    built.generation.write_manifest(built.manifest)
    make_current(built.generation)
    return built


def dictionary_dir(index_dir: Path) -> Path:
    """Return the folder in which the general dictionary is made, once for all generations."""
    return index_dir / "dictionary"
