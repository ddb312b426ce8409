"""What a serving process does not load: libraries of tests, of the command line, of offices."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

from tests.kb.cli.commands import REPOSITORY

UNWANTED = (
    "tantivy",
    "hypothesis",
    "rich",
    "typer",
    "openpyxl",
    "docx",
    "opensearchpy",
    "pandas",
    # Their tables are in the dictionary's files.
    "jieba",
    # Only an upgrade of the database loads it.
    "alembic",
    "pypinyin",
)
LIST_MODULES = (
    "import importlib, sys; importlib.import_module(sys.argv[1]); print(*sys.modules, sep='\\n')"
)


def loaded_by(module: str) -> set[str]:
    """Return the top-level modules that a fresh process has after importing `module`."""
    done = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, module],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.skipif(
    importlib.util.find_spec("web") is None or importlib.util.find_spec("web.application") is None,
    reason="the pages are not written yet",
)
def test_serving_loads_nothing_of_tests_terminals_and_offices() -> None:
    loaded = loaded_by("web.application")
    assert "kb" in loaded
    assert loaded & set(UNWANTED) == set()


def test_the_knowledge_base_loads_no_web_framework() -> None:
    loaded = loaded_by("kb.knowledge_base")
    unwanted = {"fastapi", "starlette", "jinja2", "uvicorn", "sqlalchemy", *UNWANTED}
    assert loaded & unwanted == set()
