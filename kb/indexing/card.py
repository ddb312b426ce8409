"""The card: what lists, links and pages need of a version without reading its text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from typing import Any

from kb.content import (
    Deadline,
    Material,
    Part,
    Procedure,
    Prose,
    Step,
    block_hash,
    citing_parts,
)
from kb.search.fields import part_label


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """Where a procedure cites an article."""

    law: str
    article: str
    address: str
    """Address of the part; the page scrolls there."""
    text: str
    """The sentence, without marks; of a row of a table with its name."""
    label: str
    """What staff call the part: `步骤2·必说`."""
    hash: str
    """Block hash of the part."""


@dataclass(frozen=True, slots=True)
class Card:
    """A version of a procedure in short."""

    id: str
    title: str
    category: str
    summary: str
    owner: str
    effective_from: date
    effective_until: date | None
    replaced_by: str | None
    review_by: date
    related: tuple[str, ...]
    regions: tuple[str, ...]
    says: tuple[str, ...]
    keywords: tuple[str, ...]
    path: str
    revision: str

    def is_overdue(self, today: date) -> bool:
        """Return whether its review date has passed."""
        return self.review_by < today

    @property
    def asked_by(self) -> tuple[str, ...]:
        """The words by which it is asked for, from which search learns; the title first."""
        return (self.title, *self.says, *self.keywords)


def make_card(procedure: Procedure) -> Card:
    """Return the card of a version."""
    return Card(
        id=procedure.id,
        title=procedure.title,
        category=procedure.category,
        summary=procedure.summary,
        owner=procedure.owner,
        effective_from=procedure.effective_from,
        effective_until=procedure.effective_until,
        replaced_by=procedure.replaced_by,
        review_by=procedure.review_by,
        related=procedure.related,
        regions=procedure.scope.regions,
        says=procedure.says,
        keywords=procedure.keywords,
        path=procedure.path,
        revision=procedure.revision,
    )


def cited_places(procedure: Procedure) -> tuple[CitedPlace, ...]:
    """Return every place of a version that cites a regulation, in reading order."""
    return tuple(_cited_places(procedure))


def _cited_places(procedure: Procedure) -> Iterator[CitedPlace]:
    step: Step | None = None
    for part, prose in citing_parts(procedure):
        step = part if isinstance(part, Step) else step
        for citation in dict.fromkeys(prose.citations):
            yield CitedPlace(
                citation.law,
                citation.article,
                part.address,
                _words(part, prose),
                part_label(part, step),
                block_hash(part),
            )


def _words(part: Part, prose: Prose) -> str:
    """Return what a place says; rows of tables with their name, which is half of the sentence."""
    name = part.name if isinstance(part, Material | Deadline) else ""
    return "：".join(filter(None, (name, prose.plain)))


def stored_card(card: Card) -> dict[str, Any]:
    """Return the card as plain values for the index."""
    return {item.name: getattr(card, item.name) for item in fields(card)}


def read_card(stored: Mapping[str, Any]) -> Card:
    """Return the card from its stored values."""
    return Card(**stored)


def stored_citations(places: Iterable[CitedPlace]) -> bytes:
    """Return cited places as one value for the index, apart from the card: few pages need them."""
    return json.dumps([astuple(place) for place in places], ensure_ascii=False).encode()


def read_citations(stored: bytes) -> tuple[CitedPlace, ...]:
    """Return the cited places from their stored value."""
    return tuple(CitedPlace(*place) for place in json.loads(stored))
