"""What the pages of review show; see `web.contexts`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kb.changes import ApprovalState, ChangeSet, Impact, TouchedPart
from kb.content import Register
from kb.people import Role
from kb.publishing import Publication
from kb.publishing.baseline import Baseline
from web.changes.side_by_side import ComparedFile
from web.contexts import AnswerView, Shell


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change set in a list."""

    change: ChangeSet
    editors: tuple[str, ...]
    missing: tuple[str, ...]
    """What keeps it from publication."""


@dataclass(frozen=True, slots=True)
class WaitingChanges:
    """What somebody may approve in one of their roles."""

    role: Role
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What waits, what is on its way, and what was published lately."""

    shell: Shell
    baseline: Baseline | None
    """While it is not published; None also where nothing is published at all."""
    is_publishing: bool
    """Whether the content lies in a repository."""
    waiting: tuple[WaitingChanges, ...]
    in_review: tuple[ChangeRow, ...]
    approved: tuple[ChangeRow, ...]
    published: tuple[Publication, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A way of looking at a changed file."""

    label: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody may decide in one role."""

    role: Role
    reasons: tuple[str, ...]
    """Why not to approve; empty: may."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One verdict in the account of a change set."""

    verdict: str
    signed: str
    role: Role
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One change set, side by side with what is published, and the decision."""

    shell: Shell
    change: ChangeSet
    message: str
    """Why what was just asked for did not happen, or empty."""
    editors: tuple[str, ...]
    submitted_by: str
    reviews: tuple[ReviewLine, ...]
    approval: ApprovalState
    guarded: tuple[TouchedPart, ...]
    """Because of these parts a 合规 has to approve it."""
    impact: Impact | None
    files: tuple[ComparedFile, ...]
    decisions: tuple[Decision, ...]
    may_take_back: bool
    """Whether an approval of the reader's own counts."""
    may_publish: bool
    """Whether it is approved, its moment has come, and it is not published yet."""
    publication: Publication | None


@dataclass(frozen=True, slots=True)
class ChangedAnswerPage:
    """A procedure of a change set as the desk shows it, before or after."""

    shell: Shell
    register: Register
    opened: AnswerView
    change: ChangeSet
    path: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class BaselinePage:
    """The content of the start, which two persons take over."""

    shell: Shell
    baseline: Baseline
    folders: tuple[tuple[str, tuple[str, ...]], ...]
    """Folder and its files, in order."""
    decisions: tuple[Decision, ...]
