"""A short sample of the run with vectors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import chromium, what_chromium_lacks
from tests.reliability.hostile_content import DATA_FIELDS, PROCEDURE_FIELDS, place
from tests.reliability.xss import VECTORS, read_vectors, run_xss

pytestmark = [pytest.mark.browser, pytest.mark.process]

LEAST_VECTORS = 300
SAMPLE = 8
# Takes no room and no sign that a field refuses.
SIMPLE = "<svg/onload=__pwned=1>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if reason := what_chromium_lacks():
        pytest.skip(reason)
    with chromium() as browser:
        yield browser


def test_the_corpus_is_large_and_its_vectors_differ() -> None:
    rows = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]

    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == len(rows)
    assert len(rows) >= LEAST_VECTORS


def test_every_field_is_attacked_by_a_simple_vector() -> None:
    (text,) = place([SIMPLE])

    assert {*PROCEDURE_FIELDS, *DATA_FIELDS} - text.taken == {
        *("category", "ask", "answer", "caller", "product", "channel", "region")
    }


def test_no_vector_runs_anywhere(tmp_path: Path, browser: Browser) -> None:
    vectors = read_vectors()
    figures = run_xss(tmp_path, browser, vectors[:: len(vectors) // SAMPLE])

    assert figures.findings == {}
    assert figures.vectors >= SAMPLE


def test_without_escaping_in_one_field_they_run(tmp_path: Path, browser: Browser) -> None:
    figures = run_xss(tmp_path, browser, [SIMPLE], is_escaped=False)

    assert any("policy" in finding for found in figures.findings.values() for finding in found)
