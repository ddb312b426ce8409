"""SQLite's FTS5, over jieba's words and with its own tokenizer of three characters."""

from __future__ import annotations

import sqlite3
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from tests.bench.peers.jieba_words import words_of
from tests.bench.peers.text_documents import TEXT_FIELDS, TextDocument, TextPeer, Weights

_SEARCH = "SELECT id FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?"
_NOTHING = '""'
"""A query without tokens; an empty one is an error."""


class _Fts5(TextPeer):
    """A table with one column a field, ranked by its own bm25()."""

    _tokenizer: ClassVar[str]

    def __init__(self, folder: Path, documents: Sequence[TextDocument], weights: Weights) -> None:
        columns = ", ".join(TEXT_FIELDS)
        counts = ", ".join(map(str, weights.by_field().values()))
        self._connection = sqlite3.connect(folder / "documents.sqlite")
        with self._connection:
            self._connection.execute(
                "CREATE VIRTUAL TABLE documents USING"
                f" fts5(id UNINDEXED, {columns}, tokenize = '{self._tokenizer}')"
            )
            self._connection.executemany(
                "INSERT INTO documents VALUES (?, ?, ?, ?)",
                (
                    (item.id, *(self._indexed(getattr(item, name)) for name in TEXT_FIELDS))
                    for item in documents
                ),
            )
            # The id is a column too.
            self._set("documents, rank", f"'rank', 'bm25(0, {counts})'")
            self._set("documents", "'optimize'")

    def _set(self, columns: str, values: str) -> None:
        self._connection.execute(f"INSERT INTO documents({columns}) VALUES ({values})")  # noqa: S608

    @abstractmethod
    def _indexed(self, text: str) -> str:
        """Return what is stored for `text`."""

    @abstractmethod
    def _tokens(self, text: str) -> Iterable[str]:
        """Return what is looked up for a query."""

    def search(self, text: str, limit: int) -> list[str]:
        """Return up to `limit` ids of documents, best first."""
        tokens = dict.fromkeys(self._tokens(text))
        match = " OR ".join(f'"{token}"' for token in tokens) or _NOTHING
        return [id_ for (id_,) in self._connection.execute(_SEARCH, (match, limit))]

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class Fts5Jieba(_Fts5):
    """Over text that jieba has cut, the words of a query joined by OR."""

    _tokenizer = "unicode61"

    def _indexed(self, text: str) -> str:
        return " ".join(words_of(text))

    def _tokens(self, text: str) -> Iterable[str]:
        return words_of(text)


class Fts5Trigram(_Fts5):
    """Over the bare text, all three neighbouring characters of a query joined by OR.

    A word of two characters is found only together with a neighbour of it; that is why blanks and
    signs are taken out of a query first. A query that then has two characters finds nothing.
    """

    _tokenizer = "trigram"

    def _indexed(self, text: str) -> str:
        return text

    def _tokens(self, text: str) -> Iterable[str]:
        run = "".join(filter(str.isalnum, text))
        return (run[start : start + 3] for start in range(len(run) - 2))
