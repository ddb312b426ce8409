"""Whoosh by itself, with the analyzer that jieba brings for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jieba.analyse import ChineseAnalyzer
from whoosh import fields, index
from whoosh.qparser import MultifieldParser, OrGroup, WhitespacePlugin

from tests.bench.peers.product_terms import ID
from tests.bench.peers.text_documents import TEXT_FIELDS, TextDocument, Weights
from tests.bench.peers.whoosh_on_terms import WRITER_MEMORY_MB


class WhooshJieba:
    """One field a field, its own BM25F, the words of a query joined by OR."""

    def __init__(self, folder: Path, documents: Sequence[TextDocument], weights: Weights) -> None:
        text = fields.TEXT(analyzer=ChineseAnalyzer(), phrase=False)
        schema = fields.Schema(**{ID: fields.ID(stored=True)}, **dict.fromkeys(TEXT_FIELDS, text))
        whoosh = index.create_in(folder, schema)
        writer = whoosh.writer(limitmb=WRITER_MEMORY_MB)
        for document in documents:
            texts = {name: getattr(document, name) for name in TEXT_FIELDS}
            writer.add_document(**{ID: document.id}, **texts)
        writer.commit()
        # Its other plugins would read signs in a question as operators.
        self._parser = MultifieldParser(
            TEXT_FIELDS,
            schema,
            fieldboosts=weights.by_field(),
            plugins=[WhitespacePlugin()],
            group=OrGroup,
        )
        self._searcher = whoosh.searcher()

    def search(self, text: str, limit: int) -> list[str]:
        """Return up to `limit` ids of documents, best first."""
        return [hit[ID] for hit in self._searcher.search(self._parser.parse(text), limit=limit)]

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()
