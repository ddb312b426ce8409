"""`ablation`: what each lever of the search is worth, by leaving it out.

Over the tuning half of the judged queries: the unseen half is not to be chosen by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kb.evaluating import DEPTH, evaluate, read_judged_queries
from kb.indexing import load_generation
from kb.search import agreement
from kb.search.analyzer import Analyzer
from kb.search.intent_model import IntentModel, Recognition
from kb.search.searcher import Searcher
from kb.search.terms import AnalysedQuery, QueryTerm, Space
from kb.settings import Settings
from tests.bench.contest import SELECTION
from tests.bench.figures import markdown_table
from tests.bench.peer_quality import JUDGED
from tests.bench.today import TODAY
from tests.bench.workplace import Workplace, build_generation

Keep = Callable[[QueryTerm], bool]


class _WithoutTerms(Analyzer):
    """An analyzer whose queries lack some of their terms."""

    _keep: Keep

    def __init__(self, analyzer: Analyzer, keep: Keep) -> None:
        self.__dict__ = {**analyzer.__dict__, "_keep": keep}

    def query(self, text: str) -> AnalysedQuery:
        """Return the query with the terms that are kept."""
        query = super().query(text)
        return replace(query, terms=tuple(filter(self._keep, query.terms)))


class _AsTyped:
    """Leaves letters as they are, in the place of `TypedPinyin`."""

    def in_characters(self, normalised: str) -> str:
        """Return the query as it is."""
        return normalised


def _letters_as_typed(analyzer: Analyzer) -> Analyzer:
    """Return the analyzer without the reading of letters as pinyin."""
    changed = copy(analyzer)
    # Private, because the product itself never reads queries in two ways.
    changed._queries = copy(analyzer._queries)
    letters: Any = _AsTyped()
    changed._queries._typed = letters
    return changed


@dataclass(frozen=True, slots=True)
class _WithoutIntents:
    """An intent model of which one use is left out."""

    model: IntentModel
    evidence: bool
    lead: bool

    def recognise(self, query: AnalysedQuery, selected: frozenset[str]) -> Recognition:
        """Return what the model recognises, without its unused part."""
        found = self.model.recognise(query, selected)
        return Recognition(
            found.evidence if self.evidence else {}, found.subject, found.lead if self.lead else 0.0
        )


_TERMS: dict[str, Keep] = {
    "pairs of characters": lambda term: term.space is not Space.BIGRAMS,
    "pairs of syllables": lambda term: term.space is not Space.PINYIN,
    "initials": lambda term: term.space is not Space.INITIALS,
    "synonyms": lambda term: not term.synonym or term.by_sound,
    "corrections of misheard words": lambda term: not term.by_sound,
    "whole titles and keywords": lambda term: bool(term.source),
}


def measure(workplace: Workplace) -> dict[str, Any]:
    """Return lever left out → quality over the content pack; the first with all levers."""
    queries = read_judged_queries(JUDGED / "tuning.jsonl")
    figures: dict[str, Any] = {}
    with TemporaryDirectory(prefix="kb-bench-") as folder:
        settings = Settings(content_dir=workplace.content_dir, data_dir=Path(folder))
        loaded = load_generation(build_generation(settings), TODAY)
        whole = Searcher(loaded.analyzer, loaded.engine, loaded.intents)
        for name, searcher in _searchers(whole):

            def searching(text: str, searcher: Searcher = searcher) -> Any:
                return searcher.search(text, SELECTION, DEPTH)

            found = evaluate(queries, searching)
            ranked = evaluate(queries, searching, ignore_refusal=True)
            figures[name] = {
                "hit1": found.overall.hit1,
                "hit3": found.overall.hit3,
                "wrongly_refused": found.overall.wrongly_refused,
                "refused": found.refused,
                "hit1_ranked": ranked.overall.hit1,
                "hit3_ranked": ranked.overall.hit3,
                "p50_ms": found.p50_ms,
            }
    return figures


def _searchers(whole: Searcher) -> Iterator[tuple[str, Searcher]]:
    yield "nothing", whole
    intents: Any = _WithoutIntents(whole.intents, evidence=False, lead=True)
    yield "evidence of the intent model", replace(whole, intents=intents)
    intents = _WithoutIntents(whole.intents, evidence=True, lead=False)
    yield "its lead in the confidence", replace(whole, intents=intents)
    for name, keep in _TERMS.items():
        yield name, replace(whole, analyzer=_WithoutTerms(whole.analyzer, keep))
    yield (
        "reading letters as pinyin",
        replace(whole, analyzer=_letters_as_typed(whole.analyzer)),
    )
    with _weight_of_agreement(0.0):
        yield "agreement of words", whole


@contextmanager
def _weight_of_agreement(weight: float) -> Iterator[None]:
    before, agreement.WEIGHT = agreement.WEIGHT, weight
    try:
        yield
    finally:
        agreement.WEIGHT = before


def table(figures: dict[str, Any]) -> str:
    """Return the figures as markdown."""
    head = ["left out", "Hit@1", "Hit@3", "wrongly refused", "refused"]
    head += ["Hit@1, refusal ignored", "Hit@3, refusal ignored", "CPU ms p50"]
    return markdown_table(head, [[name, *row.values()] for name, row in figures.items()])
