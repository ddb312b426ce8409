"""Builds the lists of reviews from the content, the tasks and the history."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kb.knowledge_view import KnowledgeView
from kb.reviewing import (
    BlockHashes,
    CitingPart,
    DueReview,
    HashesBefore,
    RegulationImpact,
    ReviewKey,
    ReviewState,
    ReviewTask,
    due_reviews,
    regulation_impacts,
    state_of,
)
from kb.reviewing.store import ReviewTasks
from web.filters import fragment
from web.reviews.contexts import ImpactSection, Progress, ReviewRow


@dataclass(frozen=True, slots=True)
class OpenReviews:
    """What has to be looked at as the content is now."""

    impacts: tuple[RegulationImpact, ...]
    due: tuple[DueReview, ...]

    def parts(self) -> dict[str, CitingPart]:
        """Return the places by how forms name them."""
        return {item_name(part): part for impact in self.impacts for part in impact.parts}

    def dates(self) -> dict[str, ReviewKey]:
        """Return the review dates by how forms name them."""
        return {key_name(review.key): review.key for review in self.due}


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How far the reviews are."""

    tasks: Mapping[ReviewKey, ReviewTask]
    before: Mapping[str, BlockHashes | None]
    """Change of a regulation → what was said before it was marked."""


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Of which the lists are shown; empty: of all."""

    regulation: str
    """Short name."""
    owner: str
    """Department that the procedures name."""


class OpenReviewsReader:
    """Derives what has to be looked at, once for each view: a view never changes."""

    def __init__(self) -> None:
        self._reviews = OpenReviews((), ())
        # Weakly: a view that is no longer in use holds a whole generation.
        self._view: Callable[[], KnowledgeView | None] = lambda: None

    def read(self, view: KnowledgeView) -> OpenReviews:
        """Return what has to be looked at; on the event loop, like the view."""
        if self._view() is not view:
            due = due_reviews(view.cards_today(), view.today)
            self._reviews = OpenReviews(tuple(regulation_impacts(view)), tuple(due))
            self._view = weakref.ref(view)
        return self._reviews


def read_progress(
    reviews: OpenReviews, tasks: ReviewTasks, history: HashesBefore | None
) -> ReviewProgress:
    """Return how far the reviews are; reads database and repository. Raises DatabaseUnavailable."""
    before = {impact.cause: _before(impact, history) for impact in reviews.impacts if history}
    return ReviewProgress(tasks.all(), before)


def _before(impact: RegulationImpact, history: HashesBefore) -> BlockHashes | None:
    ids = frozenset(part.key.procedure_id for part in impact.parts)
    return history.of(impact.regulation.short, impact.change, ids)


def key_name(key: ReviewKey) -> str:
    """Return by what a form names a task."""
    return "|".join((key.kind, key.cause, key.procedure_id, key.address))


def item_name(part: CitingPart) -> str:
    """Return by what a form names a place together with the texts that its reader sees."""
    return f"{part.version}|{key_name(part.key)}"


def impact_sections(
    reviews: OpenReviews, progress: ReviewProgress, chosen: ReviewFilter
) -> list[ImpactSection]:
    """Return the changes of regulations with the places that are chosen."""
    sections = []
    for number, impact in enumerate(reviews.impacts):
        if chosen.regulation in ("", impact.regulation.short):
            rows = [
                _place_row(part, progress, impact.cause)
                for part in impact.parts
                if chosen.owner in ("", part.card.owner)
            ]
            sections.append(_section(f"change-{number}", impact, rows))
    return sections


def _section(anchor: str, impact: RegulationImpact, rows: Iterable[ReviewRow]) -> ImpactSection:
    listed = list(rows)
    counts = Counter(row.state for row in listed)
    return ImpactSection(
        anchor=anchor,
        regulation=impact.regulation,
        change=impact.change,
        progress=tuple(Progress(state, counts[state]) for state in ReviewState),
        waiting=tuple(row for row in listed if not row.state.is_done),
        done=tuple(row for row in listed if row.state.is_done),
        items=impact.items,
    )


def _place_row(part: CitingPart, progress: ReviewProgress, cause: str) -> ReviewRow:
    task = progress.tasks.get(part.key)
    path = f"/procedures/{quote(part.card.id)}"
    return ReviewRow(
        item=item_name(part),
        card=part.card,
        href=f"{path}#{fragment(part.key.address)}",
        label=part.label,
        text=part.text,
        articles=part.articles,
        state=state_of(part, task, progress.before.get(cause)),
        owner_name=task.owner_name if task else "",
        note=task.note if task else "",
        days_left=0,
    )


def due_rows(
    reviews: OpenReviews, progress: ReviewProgress, chosen: ReviewFilter
) -> list[ReviewRow]:
    """Return the reviews that are due of the chosen department."""
    return [
        _due_row(review, progress.tasks.get(review.key))
        for review in reviews.due
        if chosen.owner in ("", review.card.owner)
    ]


def _due_row(review: DueReview, task: ReviewTask | None) -> ReviewRow:
    return ReviewRow(
        item=key_name(review.key),
        card=review.card,
        href=f"/procedures/{quote(review.card.id)}",
        label="",
        text="",
        articles=(),
        state=task.state if task else ReviewState.WAITING,
        owner_name=task.owner_name if task else "",
        note=task.note if task else "",
        days_left=review.days_left,
    )
