"""The searchable fields with their weights, beside the function that fills them.

Weights are measured on judged queries (`kb eval`); a change here changes the index format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.content import (
    Block,
    ComplianceNote,
    Deadline,
    Escalation,
    FollowUp,
    Material,
    Part,
    Procedure,
    Step,
    prose_of,
)
from kb.search.passages import Passage, Passages, join_passages
from kb.search.terms import SPACES, Space


@dataclass(frozen=True, slots=True)
class Field:
    """A searchable field: its weight in each space; a space without weight is not indexed."""

    name: str
    label: str
    """What staff call it."""
    weights: Mapping[Space, float]


def _field(name: str, label: str, *weights: float) -> Field:
    return Field(name, label, dict(zip(SPACES, weights, strict=False)))


FIELDS = (
    # words, pairs of characters, pairs of syllables, initials
    _field("title", "标题", 2.5, 1.0, 1.0, 2.0),
    _field("says", "客户说法", 2.0, 0.8, 0.4, 0.3),
    _field("keywords", "关键词", 1.5, 0.6, 0.6, 1.6),
    Field("heard", "听到的说法", {Space.WORDS: 1.0, Space.INITIALS: 0.6}),
    _field("summary", "摘要", 1.0, 0.3),
    _field("questions", "常见追问", 0.8, 0.3),
    _field("body", "正文", 0.8),
)


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What an engine indexes: one dated version of a procedure, or one row of a corpus."""

    id: str
    """Procedure id."""
    effective_from: date
    last_day: date | None
    """Last day in force as far as the version itself says; None means open."""
    regions: tuple[str, ...]
    """Regions to which it is limited; empty means all."""
    texts: Mapping[str, tuple[str, ...]]
    """Name of the field → its texts."""
    passages: Passages


def search_document(procedure: Procedure, heard: Sequence[str] = ()) -> SearchDocument:
    """Return the document under which a version of a procedure is found.

    What was `heard` for it is searched, but never shown.
    """
    parts = [part for part in procedure.parts() if not isinstance(part, FollowUp)]
    return SearchDocument(
        id=procedure.id,
        effective_from=procedure.effective_from,
        last_day=procedure.effective_until,
        regions=procedure.scope.regions,
        texts={
            "title": (procedure.title,),
            "says": procedure.says,
            "keywords": procedure.keywords,
            "heard": tuple(heard),
            "summary": (procedure.summary,),
            "questions": tuple(item.question for item in procedure.follow_ups),
            "body": tuple(text for part in parts for text in _texts(part))
            + tuple(prose.plain for item in procedure.follow_ups for prose in item.answers),
        },
        passages=join_passages(_passages(procedure)),
    )


def corpus_document(id_: str, title: str, text: str) -> SearchDocument:
    """Return a document of a test corpus: a title and a body, always in force."""
    return SearchDocument(
        id=id_,
        effective_from=date.min,
        last_day=None,
        regions=(),
        texts={"title": (title,), "body": (text,)},
        passages=join_passages((Passage("", "标题", title), Passage("", "正文", text))),
    )


def _texts(part: Part) -> Iterator[str]:
    if isinstance(part, Material | Deadline):
        yield part.name
    for prose in prose_of(part):
        if prose.plain:
            yield prose.plain


def _passages(procedure: Procedure) -> Iterator[Passage]:
    yield Passage("", "标题", procedure.title)
    for text in procedure.says:
        yield Passage("", "客户说法", text)
    for text in procedure.keywords:
        yield Passage("", "关键词", text)
    yield Passage("", "摘要", procedure.summary)
    for step in procedure.steps:
        step_parts: tuple[Step | Block, ...] = (step, *step.blocks)
        for part in step_parts:
            yield Passage(part.address, part_label(part, step), part.text.plain)
    rows: tuple[Part, ...] = (*procedure.materials, *procedure.notes, *procedure.deadlines)
    for other in rows:
        yield Passage(other.address, part_label(other), "：".join(_texts(other)))
    for item in procedure.follow_ups:
        answer = " ".join(prose.plain for prose in item.answers)
        yield Passage(item.address, "追问", f"{item.question} {answer}")
    for route in procedure.routes:
        yield Passage(route.address, route.kind, route.text.plain)


def part_label(part: Part, step: Step | None = None) -> str:
    """Return what staff call a part; `step` is the one to which a block belongs."""
    match part:
        case Step():
            return f"步骤{part.number}"
        case Block():
            return f"步骤{step.number if step else ''}·{part.kind}"
        case Material():
            return "材料"
        case ComplianceNote():
            return f"合规·{part.kind}"
        case Deadline():
            return "时效"
        case FollowUp():
            return "追问"
        case Escalation():
            return part.kind
