"""Finds which citations a change set adds or drops, and whose register entry it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.changes.impact import Touch, TouchedCitation
from kb.changes.tracing import VersionPair
from kb.content import ContentPack, Procedure, Regulation, citing_parts

_Cited = tuple[str, str]
"""Short name of the law, article."""


def touched_citations(
    pairs: Iterable[VersionPair], before: ContentPack, after: ContentPack
) -> list[TouchedCitation]:
    """Return the citations that the changed versions gain or lose, then those redefined."""
    gained: dict[_Cited, set[str]] = defaultdict(set)
    lost: dict[_Cited, set[str]] = defaultdict(set)
    for pair in pairs:
        was, will_be = _cited_in(pair.basis), _cited_in(pair.new)
        for side, cited in ((gained, will_be - was), (lost, was - will_be)):
            for citation in cited:
                side[citation].add(pair.procedure.id)
    return [
        *_rows(gained, Touch.ADDED),
        *_rows(lost, Touch.REMOVED),
        *_rows(_redefined(before, after), Touch.CHANGED),
    ]


def _rows(cited_by: dict[_Cited, set[str]], touch: Touch) -> Iterator[TouchedCitation]:
    for (law, article), procedures in sorted(cited_by.items()):
        yield TouchedCitation(f"{law}§{article}", touch, tuple(sorted(procedures)))


def _cited_in(procedure: Procedure | None) -> set[_Cited]:
    if procedure is None:
        return set()
    return {
        (citation.law, citation.article)
        for _, prose in citing_parts(procedure)
        for citation in prose.citations
    }


def _redefined(before: ContentPack, after: ContentPack) -> dict[_Cited, set[str]]:
    """Return the citations of which the register says something else, with who cites them."""
    old, new = before.reference.register, after.reference.register
    if old == new:
        return {}
    found: dict[_Cited, set[str]] = defaultdict(set)
    for procedure in after.procedures:
        for law, article in _cited_in(procedure):
            if _entry(old.get(law), article) != _entry(new.get(law), article):
                found[law, article].add(procedure.id)
    return found


def _entry(regulation: Regulation | None, article: str) -> object:
    """Return what the register says of an article and its law, wherever it stands."""
    if regulation is None:
        return None
    entry = regulation.articles.get(article)
    return replace(regulation, articles={}, line=0), entry and replace(entry, line=0)
