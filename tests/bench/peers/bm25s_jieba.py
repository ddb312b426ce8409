"""bm25s over jieba's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bm25s import BM25  # type: ignore[import-untyped]

from tests.bench.peers.jieba_words import words_of
from tests.bench.peers.text_documents import TextDocument, Weights


class Bm25sJieba:
    """Knows no fields: what weighs more is said several times."""

    def __init__(self, folder: Path, documents: Sequence[TextDocument], weights: Weights) -> None:
        self._ids = [document.id for document in documents]
        # Numbers, because the words of 5,000 documents as strings would take a gigabyte.
        numbers: dict[str, int] = {}
        rows = [
            [numbers.setdefault(word, len(numbers)) for word in _weighted(document, weights)]
            for document in documents
        ]
        self._bm25 = BM25()
        self._bm25.index((rows, numbers), show_progress=False)
        self._bm25.save(folder, show_progress=False)

    def search(self, text: str, limit: int) -> list[str]:
        """Return up to `limit` ids of documents, best first."""
        found = self._bm25.retrieve(
            [words_of(text)], k=min(limit, len(self._ids)), show_progress=False
        )
        ranked = zip(found.documents[0], found.scores[0], strict=True)
        return [self._ids[number] for number, score in ranked if score > 0]

    def close(self) -> None:
        """Nothing is open: the index is in memory."""


def _weighted(document: TextDocument, weights: Weights) -> Iterator[str]:
    for name, weight in weights.by_field().items():
        yield from words_of(getattr(document, name)) * weight
