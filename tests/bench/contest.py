"""Our engine and its peers answer the same queries, one after the other in random order.

That is fair to all, because a neighbour on the machine would otherwise be measured too. It also
makes each find the processor's caches full of the others' data, which costs ours twice what it
takes alone; so it is measured alone as well. Every engine of ours has an analyzer of its own, so
that none finds what another has just read.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from kb.indexing import LoadedGeneration, current_generation
from kb.search.engine import EngineHit, Selection
from kb.search.impact_cache import load_impact_cache
from kb.search.searcher import Searcher
from kb.search.terms import AnalysedQuery
from tests.bench.peers import TermPeer, open_term_peers
from tests.bench.plain_scoring import PlainHit, PlainScoring, is_same_ranking
from tests.bench.today import TODAY
from tests.bench.workplace import Workplace

LIMIT = 10
SELECTION = Selection(TODAY)
OURS, PLAIN = "engine", "plain python"
_ANALYZERS = ("search", OURS, "search undisturbed", "engine undisturbed", "peers")

Times = dict[str, dict[str, list[float]]]
"""Engine → style → CPU milliseconds, one a query."""


@dataclass(slots=True)
class Agreement:
    """How often others rank as we do."""

    queries: int = 0
    same_top1: int = 0


def cpu_ms() -> float:
    """Return the CPU milliseconds of this thread."""
    return time.thread_time_ns() / 1e6


class Contest:
    """Our engine and its peers over one pack."""

    def __init__(self, workplace: Workplace, size: int, peers: Sequence[str]) -> None:
        self.loaded: LoadedGeneration = workplace.generation(size)
        self._engine = self.loaded.engine
        self._peers: dict[str, TermPeer] = open_term_peers(workplace, size, peers)
        self._analyzers = {name: workplace.analyzer() for name in _ANALYZERS}
        self._searchers = {
            name: Searcher(analyzer, self._engine, self.loaded.intents)
            for name, analyzer in self._analyzers.items()
        }
        self._index_dir = workplace.settings(size).index_dir
        self._plain: PlainScoring | None = None
        self.times: Times = defaultdict(lambda: defaultdict(list))
        self.agreement: dict[str, Agreement] = defaultdict(Agreement)

    def prepare(self, queries: Sequence[str]) -> list[AnalysedQuery]:
        """Analyse the queries for the peers, and copy their postings for pure Python."""
        analysed = [self._analyzers["peers"].query(text) for text in queries]
        generation = current_generation(self._index_dir)
        assert generation is not None
        self._plain = PlainScoring(
            load_impact_cache(generation.impacts),
            self._engine,
            self._engine.numbers_in_force(TODAY),
            1 + max(self._engine.documents),
            (term for query in analysed for term in query.terms),
        )
        return analysed

    def run(self, style: str, text: str, analysed: AnalysedQuery, chance: random.Random) -> None:
        """Let every engine answer one query, in random order."""
        first: dict[str, str] = {}
        ours: list[EngineHit] = []
        plain: list[PlainHit] = []
        rounds: list[Callable[[], None]] = [
            lambda: self._run_search("search", style, text),
            lambda: ours.extend(self._run_engine(style, text)),
            lambda: self._run_plain(style, analysed, plain),
            *(partial(self._run_peer, name, style, analysed, first) for name in self._peers),
        ]
        chance.shuffle(rounds)
        for answer in rounds:
            answer()
        assert is_same_ranking(ours, plain), f"another ranking for {text}"
        for name, id_ in first.items():
            self.agreement[name].queries += 1
            self.agreement[name].same_top1 += id_ == (ours[0].id if ours else "")

    def _note(self, name: str, style: str, started: float, ended: float) -> None:
        self.times[name][style].append(ended - started)

    def run_undisturbed(self, listed: Sequence[tuple[str, str]]) -> None:
        """Let only our own search, then only our own engine, answer all queries."""
        for style, text in listed:
            self._run_search("search undisturbed", style, text)
        analyzer = self._analyzers["engine undisturbed"]
        for style, text in listed:
            started = cpu_ms()
            self._engine.rank(analyzer.query(text).terms, SELECTION, LIMIT)
            self._note("engine undisturbed", style, started, cpu_ms())

    def _run_search(self, name: str, style: str, text: str) -> None:
        started = cpu_ms()
        self._searchers[name].search(text, SELECTION, LIMIT)
        self._note(name, style, started, cpu_ms())

    def _run_engine(self, style: str, text: str) -> list[EngineHit]:
        started = cpu_ms()
        query = self._analyzers[OURS].query(text)
        analysed = cpu_ms()
        hits = self._engine.rank(query.terms, SELECTION, LIMIT)
        ended = cpu_ms()
        self._note("analysis", style, started, analysed)
        self._note("rank", style, analysed, ended)
        self._note(OURS, style, started, ended)
        return hits

    def _run_peer(
        self, name: str, style: str, analysed: AnalysedQuery, first: dict[str, str]
    ) -> None:
        peer = self._peers[name]
        started = cpu_ms()
        query = peer.query(analysed.terms)
        made = cpu_ms()
        results = peer.search(query, LIMIT)
        ended = cpu_ms()
        self._note(f"{name} query", style, started, made)
        self._note(name, style, made, ended)
        first[name] = (peer.ids(results) or [""])[0]

    def _run_plain(self, style: str, analysed: AnalysedQuery, hits: list[PlainHit]) -> None:
        assert self._plain is not None
        started = cpu_ms()
        hits += self._plain.rank(analysed.terms, LIMIT)
        self._note(PLAIN, style, started, cpu_ms())

    def forget(self) -> None:
        """Forget what was measured while warming up."""
        self.times.clear()
        self.agreement.clear()
