"""tantivy over jieba's words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.bench.peers.jieba_words import words_of
from tests.bench.peers.product_terms import PeerDocument
from tests.bench.peers.tantivy_on_terms import TantivyPeer, TantivyWriter
from tests.bench.peers.text_documents import TEXT_FIELDS, TextDocument, Weights


class TantivyJieba:
    """One field a field, the words of a query joined by OR."""

    def __init__(self, folder: Path, documents: Sequence[TextDocument], weights: Weights) -> None:
        writer = TantivyWriter(folder, TEXT_FIELDS)
        writer.add(
            PeerDocument(item.id, {name: words_of(getattr(item, name)) for name in TEXT_FIELDS})
            for item in documents
        )
        writer.commit()
        self._weights = weights.by_field()
        self._peer = TantivyPeer(folder)

    def search(self, text: str, limit: int) -> list[str]:
        """Return up to `limit` ids of documents, best first."""
        words = dict.fromkeys(words_of(text))
        query = self._peer.any_of(
            (name, word, weight) for word in words for name, weight in self._weights.items()
        )
        return self._peer.ids(self._peer.search(query, limit))

    def close(self) -> None:
        """Nothing is open that could be closed."""
