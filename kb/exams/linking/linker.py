"""Suggests for items the procedures that answer them, and the parts to pin them to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from kb.content import ExamItem, Part, Pin, Step
from kb.exams.linking.candidate import Candidate, known_share, make_candidate, weigh_by_rarity
from kb.exams.linking.decision import LinkSigns, confidence_of
from kb.exams.linking.item_query import item_query
from kb.exams.linking.item_words import item_texts
from kb.exams.linking.link_suggestion import (
    ItemLinks,
    LinkSuggestion,
    SuggestedPart,
    names_part,
)
from kb.exams.linking.passage_pairs import (
    ItemPairs,
    ProcedurePassages,
    item_pairs,
    read_passages,
)
from kb.exams.linking.shared_words import shared_words
from kb.indexing import Card
from kb.knowledge_view import KnowledgeView
from kb.search.searcher import MAX_LIMIT

PROCEDURES_SUGGESTED = 3
PARTS_SUGGESTED = 5
_KEPT_PROCEDURES = 500


class Linker:
    """Suggests in a view; the procedures that it read last it remembers."""

    def __init__(self, view: KnowledgeView) -> None:
        """Suggest what is in force on the day of `view`."""
        self._view = view
        self._passages = lru_cache(_KEPT_PROCEDURES)(self._read)

    def suggest(self, item: ExamItem) -> ItemLinks:
        """Return what answers an item; of one that is half given, what is given counts.

        Raises IndexUnavailable.
        """
        texts = item_texts(item)
        ranking = self._view.rank_query(item_query(texts, self._view.analyzer), MAX_LIMIT)
        if not (ranking.hits and ranking.query.has_subject):
            return ItemLinks((), 0.0)
        read = [self._passages(hit.number) for hit in ranking.hits]
        asked = weigh_by_rarity(item_pairs(texts), read)
        candidates = sorted(
            (
                make_candidate(self._view.card(hit.number), found, hit.score, asked)
                for hit, found in zip(ranking.hits, read, strict=True)
            ),
            key=lambda candidate: -candidate.score,
        )
        signs = LinkSigns(
            lead=ranking.recognition.lead,
            is_foreign=ranking.signs.is_foreign,
            known=known_share(asked, read),
        )
        best = candidates[:PROCEDURES_SUGGESTED]
        return ItemLinks(
            suggestions=tuple(self._suggestion(one, asked, item.all_pins) for one in best),
            confidence=confidence_of(signs),
        )

    def _read(self, number: int) -> ProcedurePassages:
        card = self._view.card(number)
        return read_passages(self._view.written(card.id, card.revision), card)

    def _suggestion(
        self, candidate: Candidate, asked: ItemPairs, pins: Sequence[Pin]
    ) -> LinkSuggestion:
        card, passages = candidate.card, candidate.found.passages
        ranked = candidate.ranked_passages()
        head = next((number for number in ranked if passages[number].part is None), None)
        return LinkSuggestion(
            card=card,
            score=candidate.score,
            reasons=() if head is None else shared_words(passages[head], asked),
            parts=tuple(
                SuggestedPart(
                    procedure_id=card.id,
                    part=part,
                    label=passages[number].label,
                    score=candidate.passage_scores[number],
                    reasons=shared_words(passages[number], asked),
                    is_pinned=any(names_part(pin, card.id, part) for pin in pins),
                )
                for number, part in islice(self._parts(candidate, ranked), PARTS_SUGGESTED)
            ),
            is_pinned=any(pin.procedure_id == card.id for pin in pins),
        )

    def _parts(self, candidate: Candidate, ranked: Sequence[int]) -> Iterator[tuple[int, Part]]:
        """Yield the passages that an item can be pinned to, with their numbers."""
        for number in ranked:
            part = candidate.found.passages[number].part
            if part is not None and self._can_be_pinned(candidate.card, part):
                yield number, part

    def _can_be_pinned(self, card: Card, part: Part) -> bool:
        """Return whether a part can decide an answer: it is in use, and no step with duties.

        What such a step asks for is said by its duties, one by one.
        """
        if isinstance(part, Step) and part.blocks:
            return False
        return not self._view.is_suspended(card.id, part.address)
