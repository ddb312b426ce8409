"""Builds the contexts of the pages of drafts; every method blocks and runs in a thread."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from datetime import date

from kb.changes import (
    Action,
    ChangedFile,
    ChangeSet,
    ChangeState,
    CheckedChange,
    is_possible,
)
from kb.clock import SHANGHAI
from kb.content import (
    BLOCK_KINDS,
    DATA_FILES,
    NOTE_KINDS,
    Fault,
    is_exam_path,
    is_procedure_path,
)
from kb.errors import KbError
from kb.people import Person
from kb.people.accounts import Accounts
from web.contexts import Shell
from web.editing.addresses import draft_href, file_href
from web.editing.contexts import (
    ConflictPage,
    DraftPage,
    DraftRow,
    DraftsPage,
    DraftTarget,
    ExistingFilesPage,
    FaultRow,
    FileChoice,
    FilePage,
    FileRow,
    Insert,
    SubmissionPage,
)
from web.editing.workplace import Clash, OpenFile, Workplace, sign_of

_OPEN = (ChangeState.DRAFT, ChangeState.IN_REVIEW, ChangeState.APPROVED)
_SYSTEM = "系统"
_INSERTS = (
    Insert("step", "步骤", "S"),
    *(Insert(f"block {kind}", kind, str(key)) for key, kind in enumerate(BLOCK_KINDS, 1)),
    Insert("material", "材料", "M"),
    Insert("deadline", "时效", "T"),
    *(
        Insert(f"note {kind}", kind, key)
        for kind, key in zip(NOTE_KINDS, ("8", "9", "0"), strict=True)
    ),
    Insert("follow-up", "追问", "Q"),
)
_MAX_CHOICES = 50


class EditingPageBuilder:
    """Builds pages over a workplace, with the names of people."""

    def __init__(self, workplace: Workplace, accounts: Accounts) -> None:
        self._workplace = workplace
        self._changes = workplace.changes
        self._accounts = accounts

    def drafts_page(self, shell: Shell, person: Person, message: str = "") -> DraftsPage:
        """Return the list: one's own, then what others have under way."""
        mine = self._changes.listed((*_OPEN, ChangeState.WITHDRAWN), person)
        known = {change.id for change in mine}
        others = [change for change in self._changes.listed(_OPEN) if change.id not in known]
        names = self._names()
        return DraftsPage(
            shell=shell,
            mine=tuple(self._draft_row(change, names) for change in mine),
            others=tuple(self._draft_row(change, names) for change in others),
            has_publication=self._workplace.content.has_publication,
            message=message,
        )

    def _draft_row(self, change: ChangeSet, names: dict[str, str]) -> DraftRow:
        ids = dict.fromkeys((change.created_by, *(file.updated_by for file in change.files)))
        who = "、".join(names[item] for item in ids if item in names)
        return DraftRow(change, draft_href(change.id), who or _SYSTEM)

    def _names(self) -> dict[str, str]:
        return {account.person.id: account.person.name for account in self._accounts.all()}

    def targets(self, person: Person, chosen: str) -> tuple[DraftTarget, ...]:
        """Return the drafts into which a file may be put, one's own first."""
        drafts = [
            *self._changes.listed((ChangeState.DRAFT,), person),
            *self._changes.listed((ChangeState.DRAFT,)),
        ]
        titles = {draft.id: draft.title for draft in drafts}
        return tuple(DraftTarget(id_, title, id_ == chosen) for id_, title in titles.items())

    def existing_page(
        self, shell: Shell, person: Person, words: str, draft_id: str
    ) -> ExistingFilesPage:
        """Return the published files whose path or title holds all `words`, 50 at most."""
        choices = [item for item in self._choices() if _holds(item, words.split())]
        return ExistingFilesPage(
            shell=shell,
            targets=self.targets(person, draft_id),
            draft_id=draft_id,
            words=words,
            files=tuple(choices[:_MAX_CHOICES]),
            has_more=len(choices) > _MAX_CHOICES,
        )

    def _choices(self) -> Iterable[FileChoice]:
        content = self._workplace.content.read()
        titles = {target.id: target.title for target in content.surroundings.targets.values()}
        for path, target in content.surroundings.targets.items():
            yield FileChoice(path, target.title, True)
        for path in sorted(content.published.files):
            if not is_procedure_path(path):
                yield FileChoice(path, _data_title(path, titles), False)

    def draft_page(
        self, shell: Shell, change: ChangeSet, day: date, message: str = ""
    ) -> DraftPage:
        """Return one draft with what is wrong with each of its files."""
        names = self._names()
        is_submitted = change.state in _OPEN[1:] or change.state is ChangeState.PUBLISHED
        moment = change.publish_at and change.publish_at.astimezone(SHANGHAI)
        return DraftPage(
            shell=shell,
            change=change,
            href=draft_href(change.id),
            files=tuple(self._file_row(change, file, names, day) for file in change.files),
            editors="、".join(self._changes.editors(change.id).values()) or _SYSTEM,
            publish_at=f"{moment:%Y-%m-%dT%H:%M}" if moment else "",
            is_open=is_possible(Action.EDIT, change.state),
            is_draft=change.state is ChangeState.DRAFT,
            can_reopen=is_possible(Action.REOPEN, change.state),
            review_href=change.href if is_submitted else "",
            has_publication=self._workplace.content.has_publication,
            message=message,
        )

    def _file_row(
        self, change: ChangeSet, file: ChangedFile, names: dict[str, str], day: date
    ) -> FileRow:
        faults: list[Fault] = []
        if file.content is not None:
            faults = self._workplace.faults(change, file.path, file.content, day)
        errors = sum(fault.severity == "error" for fault in faults)
        opened = self._workplace.open(change.id, file.path)
        return FileRow(
            path=file.path,
            href=file_href(change.id, file.path),
            does=_does(file),
            number=file.number,
            errors=errors,
            warnings=len(faults) - errors,
            conflict_href=_conflict_href(opened),
            who=names.get(file.updated_by or "", _SYSTEM),
            at=file.updated_at,
        )

    def file_page(
        self,
        shell: Shell,
        file: OpenFile,
        day: date,
        *,
        text: str | None = None,
        masked: tuple[int, ...] = (),
        done: str = "",
        line: int = 0,
        message: str = "",
    ) -> FilePage:
        """Return the editor of a file; `text` is what was sent, when it could not be saved."""
        text = file.text if text is None else text
        return FilePage(
            shell=shell,
            change=file.change,
            draft_href=draft_href(file.change.id),
            path=file.path,
            text=text,
            number=file.number,
            base_sign=sign_of(file.base),
            href=file_href(file.change.id, file.path),
            conflict_href=_conflict_href(file),
            is_procedure=is_procedure_path(file.path),
            inserts=_INSERTS,
            is_deleted=file.is_deleted,
            is_published=file.published is not None,
            faults=tuple(self._workplace.faults(file.change, file.path, text, day)),
            masked=masked,
            is_saved=done == "saved",
            is_merged=done == "merged",
            line=line,
            message=message,
        )

    def conflict_page(self, shell: Shell, clash: Clash, text: str | None = None) -> ConflictPage:
        """Return the three texts beside each other; `text` is what was made of them before."""
        file, conflict = clash.file, clash.conflict
        merged = text if text is not None else conflict.merged or ""
        saver = file.saved.updated_by if file.saved and clash.is_within_draft else None
        return ConflictPage(
            shell=shell,
            change=file.change,
            path=file.path,
            href=file_href(file.change.id, file.path),
            is_within_draft=clash.is_within_draft,
            who=self._names().get(saver or "", _SYSTEM),
            is_theirs_gone=conflict.theirs is None,
            regions=tuple(conflict.regions),
            text=merged,
            marks=sum(line.startswith("<<<<<<< ") for line in merged.split("\n")),
            number=clash.number,
            sign=clash.sign,
        )

    def submission_page(
        self, shell: Shell, change: ChangeSet, checking: Future[CheckedChange]
    ) -> SubmissionPage:
        """Return what the whole check has found so far."""
        check, message = None, ""
        if checking.done():
            try:
                check = checking.result()
            except KbError as error:
                message = str(error)
        paths = {file.path for file in change.files}
        faults = check.faults if check else ()
        return SubmissionPage(
            shell=shell,
            change=change,
            href=draft_href(change.id),
            is_running=not checking.done(),
            check=check,
            faults=tuple(_fault_row(change, fault, paths) for fault in faults),
            errors=len(check.errors) if check else 0,
            message=message,
        )


def _holds(choice: FileChoice, words: list[str]) -> bool:
    return all(word in choice.path or word in choice.title for word in words)


def _data_title(path: str, titles: dict[str, str]) -> str:
    if path in DATA_FILES:
        return _DATA_TITLES.get(path, "数据")
    if is_exam_path(path):
        return "考题"
    id_ = path.rpartition("/")[2].removesuffix(".txt")
    return f"听到的说法：{titles.get(id_, id_)}"


_DATA_TITLES = {
    "regulations.yaml": "法规登记",
    "vocabulary.yaml": "词表：分类、产品、渠道、地区",
    "calendar.yaml": "工作日历",
    "desk.yaml": "台面：固定用语、答复时限",
    "lexicon/fillers.txt": "词库：口头语",
    "lexicon/foreign.txt": "词库：别家的业务",
    "lexicon/outside.yaml": "词库：范围外的事",
    "lexicon/polyphones.yaml": "词库：多音字",
    "lexicon/products.txt": "词库：产品名",
    "lexicon/synonyms.yaml": "词库：同义词",
    "lexicon/terms.txt": "词库：保险用语",
}


def _does(file: ChangedFile) -> str:
    if file.content is None:
        return "删除"
    return "新增" if file.base is None else "修改"


def _conflict_href(file: OpenFile) -> str:
    return file_href(file.change.id, file.path, "conflict") if file.is_moved else ""


def _fault_row(change: ChangeSet, fault: Fault, paths: set[str]) -> FaultRow:
    if fault.file not in paths:
        return FaultRow(fault, "")
    if fault.code == "base-moved":
        return FaultRow(fault, file_href(change.id, fault.file, "conflict"))
    return FaultRow(fault, f"{file_href(change.id, fault.file)}?line={fault.line}")
