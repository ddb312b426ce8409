"""What the pages of drafts show; see `web.contexts`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kb.changes import ChangeSet, CheckedChange, MergeRegion
from kb.content import Fault, Register
from kb.importing.to_procedure import Leftover
from web.contexts import AnswerView, Shell


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list."""

    change: ChangeSet
    href: str
    who: str
    """Names of everyone who edited it, or who made it."""


@dataclass(frozen=True, slots=True)
class DraftsPage:
    """All change sets that are not published yet."""

    shell: Shell
    mine: tuple[DraftRow, ...]
    """Changed last first; with those that were withdrawn."""
    others: tuple[DraftRow, ...]
    has_publication: bool
    """Whether anything can be submitted: not where a folder is served as it is."""
    message: str
    """Why no draft was made, or empty."""


@dataclass(frozen=True, slots=True)
class DraftTarget:
    """A draft into which a file may be put."""

    id: str
    title: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class NewProcedurePage:
    """The form that makes a blank procedure."""

    shell: Shell
    targets: tuple[DraftTarget, ...]
    procedure_id: str
    """As typed before."""
    category: str
    categories: tuple[str, ...]
    message: str
    """Why it was not made, or empty."""


@dataclass(frozen=True, slots=True)
class NewVersionPage:
    """The form that makes a further version of a procedure."""

    shell: Shell
    targets: tuple[DraftTarget, ...]
    path: str
    title: str
    day: str
    """The day from which it is to be in force, as typed before."""
    message: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The form that makes a draft of a document."""

    shell: Shell
    action: str
    """Where the form goes: the token stands in the address, as the body holds a file."""
    procedure_id: str
    category: str
    categories: tuple[str, ...]
    max_megabytes: int
    message: str
    """Why nothing was imported, or empty."""


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """What became of a document."""

    shell: Shell
    file_name: str
    path: str
    href: str
    """Where the draft is written on."""
    leftovers: tuple[Leftover, ...]
    """What found no place in the draft."""


@dataclass(frozen=True, slots=True)
class FileChoice:
    """A published file that may be changed."""

    path: str
    title: str
    """Of a procedure; what is in it, for another file."""
    is_procedure: bool


@dataclass(frozen=True, slots=True)
class ExistingFilesPage:
    """The published files, to choose one."""

    shell: Shell
    targets: tuple[DraftTarget, ...]
    draft_id: str
    """Into which draft, or empty."""
    words: str
    """What was looked for."""
    files: tuple[FileChoice, ...]
    has_more: bool
    """Whether more files hold the words than are shown."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a draft."""

    path: str
    href: str
    does: str
    """What becomes of it: 新增, 修改, 删除."""
    number: int
    errors: int
    warnings: int
    conflict_href: str
    """Where to merge it with what was published since; empty when nothing was."""
    who: str
    """Who saved it last."""
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftPage:
    """One draft."""

    shell: Shell
    change: ChangeSet
    href: str
    files: tuple[FileRow, ...]
    editors: str
    publish_at: str
    """As the field for it writes it, or empty."""
    is_open: bool
    """Whether it can be edited and withdrawn: not once it is published or withdrawn."""
    is_draft: bool
    """Whether it has to be submitted."""
    can_reopen: bool
    review_href: str
    """Its review, once it was submitted; otherwise empty."""
    has_publication: bool
    message: str
    """Why something was not done, or empty."""


@dataclass(frozen=True, slots=True)
class Insert:
    """A part of a procedure that a button or a key writes."""

    part: str
    """As the script names it."""
    label: str
    key: str
    """With Alt."""


@dataclass(frozen=True, slots=True)
class FilePage:
    """The editor of one file."""

    shell: Shell
    change: ChangeSet
    draft_href: str
    path: str
    text: str
    number: int
    base_sign: str
    """Names the published text that is changed."""
    href: str
    conflict_href: str
    """Where to merge it with what was published since; empty when nothing was."""
    is_procedure: bool
    inserts: tuple[Insert, ...]
    is_deleted: bool
    is_published: bool
    faults: tuple[Fault, ...]
    masked: tuple[int, ...]
    """Lines that were saved masked just now."""
    is_saved: bool
    """Whether it was saved just now."""
    is_merged: bool
    """Whether two texts were merged just now."""
    line: int
    """Where to begin, from 1; 0: at the start."""
    message: str
    """Why it was not saved, or empty."""


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A file as the agent will see it."""

    shell: Shell
    register: Register
    opened: AnswerView | None
    """None: there is no answer to show."""
    day: date | None
    """The day as of which it is shown, when it is not today."""
    back_href: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Three texts of a file, and what was made of them so far."""

    shell: Shell
    change: ChangeSet
    path: str
    href: str
    is_within_draft: bool
    """Whether the other text was saved in the same draft; otherwise it was published."""
    who: str
    """Who saved the other text."""
    is_theirs_gone: bool
    """Whether the other deleted the file."""
    regions: tuple[MergeRegion, ...]
    text: str
    """The merged text; what contradicts each other stands between marks."""
    marks: int
    """How many places are left to decide."""
    number: int
    sign: str
    """Names the other text."""


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A fault of the whole check, with the way to its line."""

    fault: Fault
    href: str
    """Empty where the file is not in the draft."""


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """What the whole check found, before the draft is submitted."""

    shell: Shell
    change: ChangeSet
    href: str
    is_running: bool
    """Whether the check is still under way: the page looks again by itself."""
    check: CheckedChange | None
    """None while it runs, and when it failed."""
    faults: tuple[FaultRow, ...]
    errors: int
    message: str
    """Why the check failed, or empty."""
