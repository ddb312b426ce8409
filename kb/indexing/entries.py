"""Turns procedure files into index entries, on all processors when there are many."""

from __future__ import annotations

import gc
import os
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path

from kb.content import ContentFiles, Fault, Lexicon, heard_lines, parse_procedure_file
from kb.indexing.card import cited_places, make_card, stored_card, stored_citations
from kb.search.analyzer import Analyzer
from kb.search.dictionary import read_dictionary
from kb.search.document_analyzer import MeanLengths, mean_lengths
from kb.search.fields import SearchDocument, search_document
from kb.search.impact_cache import document_postings
from kb.search.whoosh_store import IndexEntry

_POOL_FROM_FILES = 400
"""Below this, starting processes costs more than it saves."""
_CHUNK_FILES = 64
_SAMPLE_FILES = 250
"""Mean lengths are pivots, not results: a sample of this size settles them."""


@dataclass(frozen=True, slots=True)
class AnalysedFile:
    """A procedure file ready to be written, or the faults that keep it out."""

    path: str
    entry: IndexEntry | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A procedure file to analyse."""

    path: str
    data: bytes
    heard: tuple[str, ...]
    """What was heard for the procedure."""


Analyse = Callable[[Iterable[Job]], Iterator[AnalysedFile]]


def job_for(files: ContentFiles, path: str) -> Job:
    """Return the job of analysing the procedure file at `path`."""
    return Job(path, files[path], heard_lines(files, path))


def analyse_file(job: Job, analyzer: Analyzer, lengths: MeanLengths) -> AnalysedFile:
    """Return the index entry of one procedure file, or its errors."""
    parsed = parse_procedure_file(job.path, job.data)
    if parsed.procedure is None:
        errors = tuple(fault for fault in parsed.faults if fault.severity == "error")
        return AnalysedFile(job.path, None, errors)
    document = search_document(parsed.procedure, job.heard)
    entry = IndexEntry(
        path=job.path,
        document=document,
        passages=analyzer.read_aloud(document.passages),
        postings=document_postings(analyzer.document_impacts(document, lengths)),
        card=stored_card(make_card(parsed.procedure)),
        citations=stored_citations(cited_places(parsed.procedure)),
        source=job.data,
        heard=job.heard,
    )
    return AnalysedFile(job.path, entry, ())


def sampled_mean_lengths(files: ContentFiles, paths: Sequence[str]) -> dict[str, float]:
    """Return the mean field lengths over evenly spread procedure files."""
    step = max(1, len(paths) // _SAMPLE_FILES)
    return mean_lengths(_readable_documents(files, paths[::step]))


def _readable_documents(files: ContentFiles, paths: Iterable[str]) -> Iterator[SearchDocument]:
    for path in paths:
        procedure = parse_procedure_file(path, files[path]).procedure
        if procedure is not None:
            yield search_document(procedure, heard_lines(files, path))


@contextmanager
def analysis(
    file_count: int, analyzer: Analyzer, lexicon: Lexicon, lengths: MeanLengths, dictionary: Path
) -> Iterator[Analyse]:
    """Give a function that analyses files in order, in this process or in several.

    The several open the files of the general dictionary in the folder `dictionary`. Files and
    entries go to them and back through a folder: in the pool's pipe a megabyte waits again and
    again for the interpreter lock of this process, which is writing the index.
    """
    processes = os.cpu_count() or 1
    if file_count < _POOL_FROM_FILES or processes == 1:
        yield lambda jobs: (analyse_file(job, analyzer, lengths) for job in jobs)
        return
    with (
        tempfile.TemporaryDirectory(prefix="kb-analysis-") as folder,
        ProcessPoolExecutor(
            processes,
            # A forked child would inherit the threads' locks of a serving process.
            mp_context=get_context("spawn"),
            initializer=_start_process,
            initargs=(lexicon, lengths, dictionary),
        ) as pool,
    ):
        yield lambda jobs: _analysed(pool.map(_analyse_in_process, _spooled(jobs, Path(folder))))


def _spooled(jobs: Iterable[Job], folder: Path) -> Iterator[Path]:
    """Write the jobs into files, some to each, and yield the files."""
    remaining = iter(jobs)
    for number in count():
        chunk = list(islice(remaining, _CHUNK_FILES))
        if not chunk:
            return
        path = folder / str(number)
        path.write_bytes(pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL))
        yield path


def _analysed(paths: Iterable[Path]) -> Iterator[AnalysedFile]:
    for path in paths:
        yield from pickle.loads(path.read_bytes())  # noqa: S301 - written by our own process
        path.unlink()


_process: dict[str, tuple[Analyzer, MeanLengths]] = {}


def _start_process(lexicon: Lexicon, lengths: MeanLengths, dictionary: Path) -> None:
    # What is made here lives for a chunk and holds no cycles: collecting takes a fifth of the time.
    gc.disable()
    _process["analysis"] = (Analyzer(lexicon, read_dictionary(dictionary)), lengths)


def _analyse_in_process(path: Path) -> Path:
    """Replace the jobs in the file by what they became."""
    analyzer, lengths = _process["analysis"]
    jobs: list[Job] = pickle.loads(path.read_bytes())  # noqa: S301 - written by our own process
    analysed = [analyse_file(job, analyzer, lengths) for job in jobs]
    path.write_bytes(pickle.dumps(analysed, pickle.HIGHEST_PROTOCOL))
    return path
