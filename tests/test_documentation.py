"""The documents say what the code does: every setting, endpoint, command, field and fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.cli.main import app
from kb.content import (
    BANKS,
    BLOCK_KINDS,
    CALL_KEYS,
    DIFFICULTIES,
    HEADER_FIELDS,
    ITEM_TYPES,
    NOTE_KINDS,
    ROUTE_KINDS,
    SECTIONS,
)
from kb.content.procedure import UNITS
from kb.content.reading.exam_file import EXAM_HEADER_FIELDS
from kb.content.reading.exam_sections import FIELDS as EXAM_FIELDS
from kb.content.reading.header import SCOPE_FIELDS
from kb.content.reading.tables import DEADLINE_COLUMNS, MATERIAL_COLUMNS, WORDED_TERMS
from kb.settings import Settings, setting_variables
from tests.api.endpoints import DOCUMENT

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "content" / "README.md").read_text(encoding="utf-8")
DECISIONS = (ROOT / "kb" / "README.md").read_text(encoding="utf-8")

DEFAULTS_IN_WORDS = {
    "ticket_pattern": f"`{Settings().ticket_pattern.pattern}`",
    "content_dir": "packaged",
    "database_url": "`kb.sqlite3` in `KB_DATA_DIR`",
    "panel_origins": "nobody",
    "public_url": "none",
    "oidc_issuer": "none",
    "oidc_client_id": "none",
    "oidc_client_secret": "none",
}


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    defaults = Settings()
    for field, variable in setting_variables().items():
        row = next(line for line in README.splitlines() if f"`{variable.name}`" in line)
        default = DEFAULTS_IN_WORDS.get(field, f"`{getattr(defaults, field)}`")
        assert default in row


def test_every_command_stands_in_the_readme() -> None:
    for command in app.registered_commands:
        assert f"| `kb {command.name}" in README
    for group in app.registered_groups:
        assert group.typer_instance
        for command in group.typer_instance.registered_commands:
            assert f"| `kb {group.typer_instance.info.name} {command.name}" in README


def test_every_endpoint_stands_in_the_readme() -> None:
    for path, methods in DOCUMENT["paths"].items():
        for method in methods:
            assert f"`{method.upper()} {path}" in README


@pytest.mark.parametrize(
    "word",
    [
        *HEADER_FIELDS,
        *SCOPE_FIELDS,
        *SECTIONS,
        *BLOCK_KINDS,
        *NOTE_KINDS,
        *ROUTE_KINDS,
        *CALL_KEYS,
        *UNITS,
        *WORDED_TERMS,
        *MATERIAL_COLUMNS,
        *DEADLINE_COLUMNS,
        *EXAM_HEADER_FIELDS,
        *EXAM_FIELDS,
        *ITEM_TYPES,
        *BANKS,
        *DIFFICULTIES,
    ],
)
def test_the_authors_guide_explains(word: str) -> None:
    assert f"`{word}`" in GUIDE or f"`## {word}`" in GUIDE


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'^  "([A-Za-z][\w.-]*)[~=>]', project, re.MULTILINE)
    assert len(names) > 20
    for name in names:
        assert f"`{name}`" in DECISIONS, name
