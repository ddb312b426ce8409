"""The digest of the analyzer covers all code that decides which terms a text becomes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb.search import analyzer_digest as digest
from kb.search.analyzer_digest import ANALYZER_MODULES, analyzer_digest

REPOSITORY = Path(__file__).parents[3]
LIST_MODULES = "import sys, kb.search.analyzer; print(*sys.modules, sep='\\n')"


def test_the_digest_is_stable_within_a_process() -> None:
    assert analyzer_digest() == analyzer_digest()
    assert len(analyzer_digest()) == 64


def test_every_part_of_search_that_the_analyzer_imports_is_covered() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIST_MODULES],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {name for name in done.stdout.split() if name.startswith("kb.search.")}
    assert "kb.search.query_analyzer" in imported
    assert set(ANALYZER_MODULES) == imported | {"kb.privacy.identifiers"}


@pytest.mark.parametrize("name", ANALYZER_MODULES)
def test_every_module_counts(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    whole = analyzer_digest()
    others = tuple(other for other in ANALYZER_MODULES if other != name)
    monkeypatch.setattr(digest, "ANALYZER_MODULES", others)
    assert analyzer_digest() != whole
