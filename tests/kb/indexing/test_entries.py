"""Procedure files become index entries, in one process or in several."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.content import Lexicon
from kb.indexing import dictionary_dir
from kb.indexing.card import read_card
from kb.indexing.entries import Job, analyse_file, analysis, sampled_mean_lengths
from kb.search.analyzer import Analyzer
from kb.search.dictionary import dictionary_files
from kb.search.impact_cache import document_postings
from tests.content_samples import SAMPLE, SAMPLE_PATH
from tests.dictionaries import general_dictionary, lay_dictionary
from tests.kb.indexing.desks import path_of, procedure_text

LENGTHS = {"title": 6.0, "body": 100.0}
JOBS = [
    Job(SAMPLE_PATH, SAMPLE.encode(), ("新手机",)),
    Job(path_of("broken"), b"broken", ()),
    Job(path_of("surrender"), procedure_text("surrender", "退保材料").encode(), ()),
]


@pytest.fixture
def analyzer() -> Analyzer:
    return Analyzer(Lexicon(), general_dictionary())


def test_a_readable_file_becomes_an_entry(analyzer: Analyzer) -> None:
    file = analyse_file(JOBS[0], analyzer, LENGTHS)
    assert file.faults == ()
    assert file.entry is not None
    assert (file.entry.path, file.entry.source) == (SAMPLE_PATH, SAMPLE.encode())
    assert file.entry.heard == ("新手机",)
    assert "新手机" in file.entry.document.texts["heard"]
    assert "新手机" not in file.entry.passages.text
    assert file.entry.passages.readings.startswith(" bian gen lian xi ")
    assert read_card(file.entry.card).id == "contact-change"
    impacts = analyzer.document_impacts(file.entry.document, LENGTHS)
    assert file.entry.postings == document_postings(impacts)


def test_a_broken_file_becomes_its_errors(analyzer: Analyzer) -> None:
    file = analyse_file(JOBS[1], analyzer, LENGTHS)
    assert file.entry is None
    assert {fault.severity for fault in file.faults} == {"error"}


@pytest.mark.parametrize("file_count", [3, 400])
def test_several_processes_analyse_as_one_does(
    analyzer: Analyzer, tmp_path: Path, file_count: int
) -> None:
    lay_dictionary(tmp_path)
    dictionary = dictionary_files(dictionary_dir(tmp_path))
    with analysis(file_count, analyzer, Lexicon(), LENGTHS, dictionary) as analyse:
        found = list(analyse(iter(JOBS)))
    assert found == [analyse_file(job, analyzer, LENGTHS) for job in JOBS]


def test_mean_lengths_are_sampled_from_readable_files_spread_evenly() -> None:
    texts = {
        path_of(f"procedure-{number:04d}"): procedure_text(
            f"procedure-{number:04d}", "退保" if number % 2 else "退保退保"
        ).encode()
        for number in range(4)
    }
    files = {**texts, path_of("broken"): b"broken"}
    assert sampled_mean_lengths(files, sorted(files))["title"] == 3.0


def test_without_files_there_are_no_mean_lengths() -> None:
    assert sampled_mean_lengths({}, []) == {}
