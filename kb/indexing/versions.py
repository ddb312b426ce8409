"""Finds the versions of procedures in a generation: by day, by revision, or all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from kb.errors import ProcedureNotFound, ProcedureNotInForce
from kb.indexing.card import Card
from kb.search.whoosh_engine import WhooshEngine


class Versions:
    """The versions of a generation, known by the numbers of their documents."""

    def __init__(self, engine: WhooshEngine, cards: Mapping[int, Card], today: date) -> None:
        """Take document number → card; what is in force on `today` is looked up once."""
        self._engine = engine
        self._cards = cards
        self._today = today

    @cached_property
    def in_force_today(self) -> Mapping[str, int]:
        """The procedures in force today, id → number."""
        return self._in_force(self._today)

    def in_force_on(self, day: date) -> Mapping[str, int]:
        """Return the procedures in force on `day`, id → number."""
        return self.in_force_today if day == self._today else self._in_force(day)

    def _in_force(self, day: date) -> Mapping[str, int]:
        return {self._cards[number].id: number for number in self._engine.numbers_in_force(day)}

    def cards_on(self, day: date) -> list[Card]:
        """Return the cards of the versions in force on `day`, by title."""
        cards = (self._cards[number] for number in self.in_force_on(day).values())
        return sorted(cards, key=lambda card: card.title)

    def all_of(self, procedure_id: str) -> list[Card]:
        """Return the cards of all versions of a procedure, oldest first."""
        found = (card for card in self._cards.values() if card.id == procedure_id)
        return sorted(found, key=lambda card: card.effective_from)

    def ended_before(self, day: date) -> list[Card]:
        """Return the last versions that ended before `day`, ended last first."""
        last = {card.id: card for card in sorted(self._cards.values(), key=_begins)}
        ended = [
            card for card in last.values() if card.effective_until and card.effective_until < day
        ]
        return sorted(ended, key=lambda card: (card.effective_until or day, card.id), reverse=True)

    def number_on(self, procedure_id: str, day: date) -> int:
        """Return the number of the version in force on `day`.

        Raises ProcedureNotFound and ProcedureNotInForce.
        """
        number = self.in_force_on(day).get(procedure_id)
        if number is not None:
            return number
        versions = self.all_of(procedure_id)
        if not versions:
            known = sorted({card.id for card in self._cards.values()})
            nearest = get_close_matches(procedure_id, known, n=3, cutoff=0.5)
            raise ProcedureNotFound(procedure_id, nearest)
        days = [card.effective_from.isoformat() for card in versions]
        raise ProcedureNotInForce(procedure_id, day.isoformat(), days)

    def number_of(self, procedure_id: str, revision: str) -> int:
        """Return the number of the version whose revision id starts with `revision`.

        Raises ProcedureNotFound.
        """
        for number, card in self._cards.items():
            if card.id == procedure_id and card.revision.startswith(revision.lower()):
                return number
        raise ProcedureNotFound(f"{procedure_id}@{revision}")


def _begins(card: Card) -> date:
    return card.effective_from
