"""Writes generations: a full one from all files, a small one from a few changed files, or one with
nothing but the intent model trained anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kb.content import (
    LEXICON_FILES,
    ContentFiles,
    Lexicon,
    id_in_path,
    is_exam_path,
    is_heard_path,
    is_procedure_path,
    read_reference_data,
)
from kb.indexing.entries import (
    AnalysedFile,
    analyse_file,
    analysis,
    job_for,
    sampled_mean_lengths,
)
from kb.indexing.generation import (
    FORMAT_VERSION,
    SPELLED_WORDS_FILE,
    Generation,
    Manifest,
    make_current,
    unfinished_generation,
)
from kb.indexing.intake import REPEATED, Intake, intake_beside
from kb.indexing.linking import link_files, link_parts
from kb.indexing.served_data import ServedData, served_data
from kb.indexing.training import train_on, training_digest
from kb.search.analyzer import Analyzer
from kb.search.analyzer_digest import analyzer_digest
from kb.search.dictionary import DICTIONARY_FILES, dictionary_files, read_dictionary
from kb.search.document_analyzer import MeanLengths
from kb.search.impact_cache import ImpactCache
from kb.search.intent_training import Interrupt
from kb.search.terms import Space
from kb.search.whoosh_store import (
    WhooshStore,
    create_store,
    update_store,
)

_MAX_SMALL_UPDATE_FILES = 200
_MAX_SMALL_UPDATES = 50
"""Each adds a segment; a full build merges them and renews the mean lengths."""
_KEPT_PARTS = ("whoosh", "dictionary", "spelled", "intents")
"""What a small update shares with the generation before it; new segments come beside."""
_TRAINED_PARTS = ("whoosh", "impacts", "dictionary", "spelled", "data")


@dataclass(slots=True)
class BuiltIndex:
    """A finished generation, held open by the builder for the next small update."""

    generation: Generation
    manifest: Manifest
    store: WhooshStore
    cache: ImpactCache
    analyzer: Analyzer
    is_trained: bool
    """Whether the intent model was trained on what is served."""
    small_updates: int = 0


def build_full(
    index_dir: Path, files: ContentFiles, last_readable: ContentFiles | None = None
) -> BuiltIndex:
    """Write a generation from all `files` and make it current.

    `last_readable` holds for broken files the bytes that were served last, which stay in service.
    """
    last_readable = last_readable or {}
    data = served_data(files, last_readable)
    dictionary = dictionary_files(dictionary_dir(index_dir))
    lexicon = data.reference.lexicon
    analyzer = Analyzer(lexicon, read_dictionary(dictionary))
    paths = sorted(path for path in files if is_procedure_path(path))
    lengths = sampled_mean_lengths(files, paths)
    intake = Intake()
    with unfinished_generation(index_dir) as generation:
        link_files(dictionary, DICTIONARY_FILES, generation.dictionary)
        with analysis(len(paths), analyzer, lexicon, lengths, generation.dictionary) as analyse:
            analysed = analyse(job_for(files, path) for path in paths)
            rescued = _rescued(analysed, intake, files, last_readable, analyzer, lengths)
            store, cache = create_store(generation.whoosh, intake.entries(rescued))
        cache.save(generation.impacts)
        generation.spelled.mkdir(mode=0o700)
        spelled = analyzer.spelled_words(cache.document_counts(Space.WORDS))
        spelled.save(generation.spelled / SPELLED_WORDS_FILE)
        data.write(generation.data)
        _train(store, lexicon, analyzer, generation)
        sources = _digests(files)
        trained_on = training_digest(sources)
        manifest = _manifest(generation, sources, data, lengths, intake, trained_on)
        return _finish(BuiltIndex(generation, manifest, store, cache, analyzer, is_trained=True))


def _rescued(
    analysed: Iterable[AnalysedFile],
    intake: Intake,
    files: ContentFiles,
    last_readable: ContentFiles,
    analyzer: Analyzer,
    lengths: MeanLengths,
) -> Iterator[AnalysedFile]:
    """Put the last readable bytes in the place of a broken file, keeping its faults."""
    for file in analysed:
        if file.entry is None and file.path in last_readable:
            job = replace(job_for(files, file.path), data=last_readable[file.path])
            old = analyse_file(job, analyzer, lengths)
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
        # However many exam files change, there is nothing of them in the index.
        or sum(not is_exam_path(path) for path in changed) > _MAX_SMALL_UPDATE_FILES
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
    changed = _touched(changed, old, files)
    numbers = {document.path: document.number for document in built.store.documents}
    intake = intake_beside(old, built.store.documents, changed)
    analysed = _analysed_anew(changed, files, built)
    intake.kept += [item.path for item in analysed if item.entry is None and item.path in numbers]
    entries = list(intake.entries(analysed))
    if any(fault.code == REPEATED for fault in intake.faults):
        return None
    dropped = [path for path in changed if path in numbers and path not in intake.kept]
    with unfinished_generation(index_dir) as generation:
        known = link_parts(built.generation, old, generation, _KEPT_PARTS)
        store, added = update_store(generation.whoosh, dropped, entries)
        cache = built.cache.replaced([numbers[path] for path in dropped], added)
        cache.save(generation.impacts)
        data = served_data(files, built.generation.read_data_files())
        data.write(generation.data)
        sources = _digests(files)
        manifest = _manifest(
            generation, sources, data, old.mean_lengths, intake, old.trained_on, known
        )
        is_trained = old.trained_on == training_digest(sources)
        updates = built.small_updates + bool(entries or dropped)
        return _finish(
            BuiltIndex(generation, manifest, store, cache, built.analyzer, is_trained, updates)
        )


def _touched(changed: set[str], old: Manifest, files: ContentFiles) -> set[str]:
    """Return the `changed` paths with the procedure files that must be analysed because of them."""
    # A second file of the same version may be the only one left after this change.
    repeated = {fault.file for fault in old.faults if fault.code == REPEATED}
    heard = {id_in_path(path) for path in changed if is_heard_path(path)}
    taught = {path for path in files if is_procedure_path(path) and id_in_path(path) in heard}
    return changed | repeated | taught


def _analysed_anew(changed: set[str], files: ContentFiles, built: BuiltIndex) -> list[AnalysedFile]:
    """Return the procedure files among the `changed` paths, by path, as they are now."""
    return [
        analyse_file(job_for(files, path), built.analyzer, built.manifest.mean_lengths)
        for path in sorted(changed)
        if path in files and is_procedure_path(path)
    ]


def build_trained(
    index_dir: Path, built: BuiltIndex, interrupt: Interrupt = lambda: None
) -> BuiltIndex:
    """Write a generation that differs from `built` in its intent model alone; make it current.

    Nothing is written when `interrupt` raises.
    """
    old = built.manifest
    with unfinished_generation(index_dir) as generation:
        known = link_parts(built.generation, old, generation, _TRAINED_PARTS)
        lexicon = read_reference_data(built.generation.read_data_files()).lexicon
        _train(built.store, lexicon, built.analyzer, generation, interrupt)
        manifest = replace(
            old, trained_on=training_digest(old.sources), files=generation.hash_files(known)
        )
        return _finish(replace(built, generation=generation, manifest=manifest, is_trained=True))


def _train(
    store: WhooshStore,
    lexicon: Lexicon,
    analyzer: Analyzer,
    generation: Generation,
    interrupt: Interrupt = lambda: None,
) -> None:
    train_on(store, lexicon.outside, analyzer, interrupt).save(generation.intents)


def _manifest(
    generation: Generation,
    sources: dict[str, str],
    data: ServedData,
    lengths: MeanLengths,
    intake: Intake,
    trained_on: str,
    known: dict[Path, str] | None = None,
) -> Manifest:
    return Manifest(
        format_version=FORMAT_VERSION,
        analyzer=analyzer_digest(),
        lexicon=data.reference.lexicon.digest,
        sources=sources,
        mean_lengths=lengths,
        faults=tuple(sorted({*data.faults, *intake.faults})),
        kept=tuple(sorted({*intake.kept, *data.kept})),
        trained_on=trained_on,
        files=generation.hash_files(known),
    )


def _digests(files: ContentFiles) -> dict[str, str]:
    return {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}


def _finish(built: BuiltIndex) -> BuiltIndex:
    built.generation.write_manifest(built.manifest)
    make_current(built.generation)
    return built


def dictionary_dir(index_dir: Path) -> Path:
    """Return the folder in which the general dictionary is made, once for all generations."""
    return index_dir / "dictionary"
