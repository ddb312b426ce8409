"""Procedures as they stand on paper: every row with its condition, nothing folded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kb.answer import VERIFIED_YES, Answer
from kb.content import VERIFIED
from kb.indexing import Card
from kb.knowledge_view import KnowledgeView


def read_answers(view: KnowledgeView, cards: Iterable[Card], day: date) -> tuple[Answer, ...]:
    """Return the answers as they are read: no question answered, nothing waiting for 核身."""
    context = view.call_context([f"{VERIFIED}={VERIFIED_YES}"])
    return tuple(view.answer(card.id, context, day) for card in cards)
