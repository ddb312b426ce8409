"""Looks for identifiers where none may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import Engine, inspect, text

from kb.search.text import normalise
from tests.attacks.identifiers import Identifier

# Every form is found by its beginning: looking for each of thousands by itself would take hours.
_HEAD_CHARS = 6
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class RawIdentifiers:
    """Identifiers in the forms in which something might have kept them."""

    def __init__(self, identifiers: Iterable[Identifier]) -> None:
        """Look for each as it was written, as a search normalises that, and in its plain form."""
        self._forms: dict[str, set[str]] = {}
        for identifier in identifiers:
            written, number = identifier.written, identifier.number
            for form in {written, normalise(written), number, number.lower()}:
                self._forms.setdefault(form[:_HEAD_CHARS], set()).add(form)

    def found_in(self, content: str) -> set[str]:
        """Return the forms that stand in `content`, also percent-encoded or escaped in JSON."""
        readings = {content, unquote(content), _ESCAPE.sub(_unescaped, content)}
        return {form for reading in readings for form in self._standing_in(reading)}

    def _standing_in(self, content: str) -> Iterator[str]:
        heads = {content[i : i + _HEAD_CHARS] for i in range(len(content))} & self._forms.keys()
        return (form for head in heads for form in self._forms[head] if form in content)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def files_below(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, content) of every file; what is no text is left out of it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes().decode(errors="ignore")


def tables_of(engine: Engine) -> Iterator[tuple[str, str]]:
    """Yield (name, content) of every table: a row may lie in pieces in the file."""
    with engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            rows = connection.execute(text(f"SELECT * FROM {name}"))  # noqa: S608
            yield f"table {name}", "\n".join(repr(tuple(row)) for row in rows)


def leaks_in(raw: RawIdentifiers, places: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    """Return place → what was found there; places without anything are left out."""
    found = ((name, raw.found_in(content)) for name, content in places)
    return {name: forms for name, forms in found if forms}
