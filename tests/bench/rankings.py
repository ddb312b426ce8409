"""Our search, our engine and the peers by themselves, indexed and asked in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.indexing import load_generation
from kb.knowledge_view import KnowledgeView
from kb.search.fields import search_document
from kb.settings import Settings
from tests.bench.contest import SELECTION
from tests.bench.peers import TEXT_PEERS, TextDocument, Weights, text_document
from tests.bench.stopwatch import Stopwatch
from tests.bench.today import TODAY
from tests.bench.workplace import build_generation, folder_bytes

OUR_SEARCH, OUR_ENGINE = "our search", "our engine"

Ranking = Callable[[str, int], list[str]]
"""A query and a limit → ids of documents, best first."""


@dataclass(frozen=True, slots=True)
class IndexCost:
    """What an index cost, the cutting of the text included, and for ours the general dictionary."""

    cpu_seconds: float
    megabytes: float
    """Size on disk."""


@dataclass(frozen=True, slots=True)
class OurIndex:
    """Our index of a content folder, on the day of the benchmarks."""

    view: KnowledgeView
    rankings: dict[str, Ranking]
    """The whole search, and analysis and BM25 alone, without the intent model."""
    cost: IndexCost

    def documents(self) -> list[TextDocument]:
        """Return what is in force, as the peers take it."""
        return [
            text_document(search_document(self.view.procedure(card.id), self.view.heard(card)))
            for card in self.view.cards_today()
        ]


def index_ours(content_dir: Path, data_dir: Path) -> OurIndex:
    """Return a new index of `content_dir` below `data_dir`, which is empty."""
    watch = Stopwatch()
    with watch:
        generation = build_generation(Settings(content_dir=content_dir, data_dir=data_dir))
    view = KnowledgeView(load_generation(generation, TODAY), TODAY)
    # Loaded twice, so that neither finds what the other has just read.
    alone = load_generation(generation, TODAY)

    def rank(text: str, limit: int) -> list[str]:
        terms = alone.analyzer.query(text).terms
        return [hit.id for hit in alone.engine.rank(terms, SELECTION, limit)]

    return OurIndex(
        view,
        {
            OUR_SEARCH: lambda text, limit: [hit.id for hit in view.search(text, limit).hits],
            OUR_ENGINE: rank,
        },
        IndexCost(watch.cpu_seconds, folder_bytes(generation.folder) / 1e6),
    )


@dataclass(frozen=True, slots=True)
class IndexedPeer:
    """A peer that can be asked."""

    ranking: Ranking
    cost: IndexCost


@contextmanager
def indexed_peer(
    name: str, documents: Sequence[TextDocument], weights: Weights
) -> Iterator[IndexedPeer]:
    """Index `documents` with the peer `name` in a temporary folder."""
    with TemporaryDirectory(prefix="kb-bench-") as folder:
        watch = Stopwatch()
        with watch:
            peer = TEXT_PEERS[name](Path(folder), documents, weights)
        cost = IndexCost(watch.cpu_seconds, folder_bytes(Path(folder)) / 1e6)
        with closing(peer):
            yield IndexedPeer(peer.search, cost)
