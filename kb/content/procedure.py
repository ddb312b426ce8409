"""A version of a procedure and its parts: frozen values that keep the lines they came from.

What parts look like on paper is in `content/README.md`; how they are read in
`kb.content.reading`; how an agent sees them during a call in `kb.answer`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kb.content.condition import Condition
from kb.content.prose import Prose

BlockKind = Literal["必问", "必核", "必说", "复述", "必记", "禁说", "话术"]
BLOCK_KINDS: tuple[BlockKind, ...] = ("必问", "必核", "必说", "复述", "必记", "禁说", "话术")
NoteKind = Literal["必须", "禁止", "提示"]
NOTE_KINDS: tuple[NoteKind, ...] = ("必须", "禁止", "提示")
RouteKind = Literal["转二线", "转主管", "转专岗", "登记待答"]
ROUTE_KINDS: tuple[RouteKind, ...] = ("转二线", "转主管", "转专岗", "登记待答")
Unit = Literal["小时", "自然日", "工作日", "月", "年"]
UNITS: tuple[Unit, ...] = ("小时", "自然日", "工作日", "月", "年")

STEPS, MATERIALS, NOTES, DEADLINES, FOLLOW_UPS, ROUTES = SECTIONS = (
    "办理步骤",
    "所需材料",
    "合规提示",
    "时效",
    "常见追问",
    "升级与转办",
)


@dataclass(frozen=True, slots=True)
class Block:
    """One duty of a step: what to ask, check, say, repeat, note down or never say."""

    kind: BlockKind
    address: str
    """`anchor/必说/n`, n counting blocks of this kind in the step from 1."""
    text: Prose
    condition: Condition
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the agent with its blocks."""

    number: int
    """Position in the procedure, from 1."""
    address: str
    """The anchor; never reused for other content."""
    text: Prose
    condition: Condition
    needs_verification: bool
    """Hidden behind 先核身 until the caller is verified."""
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Material:
    """A paper that the customer must bring."""

    address: str
    """`所需材料/<name>`."""
    name: str
    condition: Condition
    requirement: Prose
    line: int


@dataclass(frozen=True, slots=True)
class ComplianceNote:
    """A duty, a prohibition or a hint, with the law or practice it rests on."""

    kind: NoteKind
    address: str
    text: Prose
    condition: Condition
    line: int


AFTER_PREVIOUS = "前一期限届满"
"""The start of a term that runs on from the deadline before it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One alternative of a deadline. `amount` is None for wordings without a number."""

    amount: int | None
    unit: Unit | None
    wording: str
    """As written: `30自然日`, `以合同为准`."""
    starts_from: str
    """The event from which it runs; the day of the event itself does not count."""

    @property
    def follows(self) -> bool:
        """Whether it runs from the end of the deadline before it in the table."""
        return self.starts_from == AFTER_PREVIOUS


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit; with several terms, any of them is a line of its own."""

    address: str
    """`时效/<name>`."""
    name: str
    terms: tuple[Term, ...]
    rolls_over: bool
    """Whether a last day that is a rest day moves to the next working day (民法典§203)."""
    authority: Prose
    condition: Condition
    line: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that customers ask next, with its answer in paragraphs."""

    address: str
    question: str
    answers: tuple[Prose, ...]
    condition: Condition
    line: int


@dataclass(frozen=True, slots=True)
class Escalation:
    """When to hand over, and what to tell the receiver."""

    kind: RouteKind
    address: str
    """`升级与转办/n`, n from 1."""
    text: Prose
    condition: Condition
    line: int


Part = Step | Block | Material | ComplianceNote | Deadline | FollowUp | Escalation


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask the customer first, and the answers that decide which rows apply."""

    key: str
    values: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Products, channels and regions to which a procedure applies; empty means all."""

    products: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """One dated version of a procedure."""

    id: str
    title: str
    category: str
    summary: str
    says: tuple[str, ...]
    keywords: tuple[str, ...]
    scope: Scope
    asks: tuple[Question, ...]
    owner: str
    effective_from: date
    effective_until: date | None
    replaced_by: str | None
    review_by: date
    related: tuple[str, ...]
    steps: tuple[Step, ...]
    materials: tuple[Material, ...]
    notes: tuple[ComplianceNote, ...]
    deadlines: tuple[Deadline, ...]
    follow_ups: tuple[FollowUp, ...]
    routes: tuple[Escalation, ...]
    path: str
    """Relative to the content folder."""
    revision: str
    """sha256 of the file's bytes, in hexadecimal."""
    field_lines: tuple[tuple[str, int], ...]
    """(field of the header, 1-based line)."""

    def line_of(self, field: str) -> int:
        """Return the line of a header field, or 1 when it is not written."""
        return dict(self.field_lines).get(field, 1)

    def parts(self) -> Iterator[Part]:
        """Yield every addressed part in reading order, blocks after their step."""
        for step in self.steps:
            yield step
            yield from step.blocks
        yield from self.materials
        yield from self.notes
        yield from self.deadlines
        yield from self.follow_ups
        yield from self.routes


def prose_of(part: Part) -> tuple[Prose, ...]:
    """Return the runs of text that belong to the part itself, without its children."""
    if isinstance(part, Material):
        return (part.requirement,)
    if isinstance(part, Deadline):
        return (part.authority,)
    if isinstance(part, FollowUp):
        return part.answers
    return (part.text,)


def citing_parts(procedure: Procedure) -> Iterator[tuple[Part, Prose]]:
    """Yield every run of text with the part it belongs to."""
    for part in procedure.parts():
        for prose in prose_of(part):
            yield part, prose
