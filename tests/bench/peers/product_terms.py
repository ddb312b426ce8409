"""What the peers index: the product's fields and terms, one peer field a field and space."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.search.fields import FIELDS, SearchDocument
from kb.search.terms import QueryTerm, Space
from kb.search.text import normalise
from kb.search.text_analyzer import TextAnalyzer

ID = "id"


@dataclass(frozen=True, slots=True)
class PeerField:
    """A field of a peer's index."""

    name: str
    source: str
    """Name of the product's field."""
    space: Space
    weight: float


PEER_FIELDS = tuple(
    PeerField(f"{field.name}_{space}", field.name, space, weight)
    for field in FIELDS
    for space, weight in field.weights.items()
)

TERM_FIELDS = tuple(field.name for field in PEER_FIELDS)


@dataclass(frozen=True, slots=True)
class PeerDocument:
    """A document cut into tokens."""

    id: str
    tokens: dict[str, list[str]]
    """Name of the peer field → tokens, without blanks in them."""


def peer_documents(
    analyzer: TextAnalyzer, documents: Iterable[SearchDocument]
) -> Iterator[PeerDocument]:
    """Yield the documents as the peers take them."""
    for document in documents:
        tokens: dict[str, list[str]] = {field.name: [] for field in PEER_FIELDS}
        for field in PEER_FIELDS:
            for text in document.texts[field.source]:
                terms = analyzer.terms(field.space, normalise(text))
                tokens[field.name] += map(peer_token, terms)
        yield PeerDocument(document.id, tokens)


def peer_token(term: str) -> str:
    """Return a term as one token; the pairs of syllables have a blank in them."""
    return term.replace(" ", "_")


def field_terms(terms: Sequence[QueryTerm]) -> Iterator[tuple[str, str, float]]:
    """Yield (peer field, token, weight) for every field in which a term is looked up."""
    for term in terms:
        for field in PEER_FIELDS:
            if field.space is term.space:
                yield field.name, peer_token(term.text), field.weight * term.weight
