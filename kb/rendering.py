"""Everything that is given out as JSON: one shape for command line and API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from kb.answer import reply_by, rule_wording
from kb.content import OutsideSubject, ReferenceData, Regulation
from kb.knowledge_view import Health, KnowledgeView
from kb.search.query_explanation import QueryExplanation
from kb.search.searcher import SearchResult
from kb.search.suggest import Suggestion


def search_json(result: SearchResult, view: KnowledgeView) -> dict[str, Any]:
    """Return what `kb search --json` and `GET /api/v1/search` give out."""
    hits = []
    for hit in result.hits:
        card = view.card(hit.number)
        pieces = hit.snippet.pieces if hit.snippet else ()
        hits.append(
            {
                "id": hit.id,
                "title": card.title,
                "category": card.category,
                "summary": card.summary,
                "score": round(hit.score, 3),
                "block": hit.block,
                "why": hit.why,
                "snippet": "".join(piece.text for piece in pieces),
                "weak": not result.answered,
                "suspended": hit.id in view.standing.suspensions,
                "review_overdue": card.is_overdue(view.today),
                "effective_from": hit.effective_from.isoformat(),
            }
        )
    return {
        "query": result.query,
        "took_ms": round(result.took_ms, 3),
        "answered": result.answered,
        "confidence": round(result.confidence, 3),
        "elsewhere": _elsewhere_json(view.elsewhere(result)),
        "hits": hits,
    }


def pointers_json(result: SearchResult, view: KnowledgeView) -> dict[str, Any]:
    """Return what `POST /api/v1/suggest-from-transcript` gives out."""
    cards = [view.card(hit.number) for hit in result.hits]
    return {
        "answered": result.answered,
        "confidence": round(result.confidence, 3),
        "took_ms": round(result.took_ms, 3),
        "procedures": [
            {
                "id": hit.id,
                "title": card.title,
                "summary": card.summary,
                "block": hit.block,
                "words": list(dict.fromkeys(reason.word for reason in hit.reasons)),
                "score": round(hit.score, 3),
                "review_overdue": card.is_overdue(view.today),
            }
            for hit, card in zip(result.hits, cards, strict=True)
        ],
    }


def _elsewhere_json(subject: OutsideSubject | None) -> dict[str, str] | None:
    return {"subject": subject.name, "handled_by": subject.handled_by} if subject else None


def explanation_json(explanation: QueryExplanation) -> dict[str, Any]:
    """Return what `kb search --explain --json` gives out: the explanation's own fields."""
    return asdict(explanation)


def suggestions_json(suggestions: Iterable[Suggestion]) -> dict[str, Any]:
    """Return what `GET /api/v1/suggest` gives out."""
    return {
        "suggestions": [
            {"text": item.text, "kind": item.kind, "id": item.procedure_id} for item in suggestions
        ]
    }


def regulation_json(regulation: Regulation, view: KnowledgeView) -> dict[str, Any]:
    """Return a regulation with its cited articles and every place that cites it."""
    version = regulation.version_on(view.today)
    return {
        "short": regulation.short,
        "title": regulation.title,
        "number": regulation.number,
        "issuer": regulation.issuer,
        "scope": regulation.scope,
        "status": str(regulation.status_on(view.today)),
        "version": version.name if version else None,
        "in_force_from": version.in_force_from.isoformat() if version else None,
        "articles": [
            {"article": article.key, "note": article.note}
            for article in regulation.articles.values()
        ],
        "cited_by": [
            {
                "article": found.place.article,
                "procedure": found.card.id,
                "title": found.card.title,
                "address": found.place.address,
                "text": found.place.text,
            }
            for found in view.citing_places(regulation.short)
        ],
    }


def reply_time_json(asked_at: datetime, reference: ReferenceData) -> dict[str, Any]:
    """Return what `GET /api/v1/reply-time` gives out; all None but `asked_at` without a rule."""
    rule = reference.desk.reply
    reply = reply_by(asked_at, rule, reference.calendar) if rule else None
    return {
        "asked_at": asked_at.isoformat(timespec="seconds"),
        "reply_by": reply.due.isoformat(timespec="seconds") if reply and reply.due else None,
        "wording": reply.wording if reply else None,
        "rule": rule_wording(rule) if rule else None,
    }


def health_json(health: Health) -> dict[str, Any]:
    """Return what is served and what is broken."""
    return {
        "status": "ok" if health.is_good else "degraded",
        "generation": health.generation,
        "today": health.today.isoformat(),
        "procedures": health.in_force,
        "versions": health.versions,
        "faults": [fault.as_json() for fault in health.faults],
        "kept": list(health.kept),
    }
