"""What people do with the questions in the queue; every method is one transaction.

Lists are read in `listing`; what happens by itself lies in `intake` and `upkeep`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine

from kb.audit import record
from kb.changes import ChangeOrigin, ChangeSet
from kb.clock import SHANGHAI, Clock, shanghai_now
from kb.content import ReferenceData
from kb.errors import QueryInvalid
from kb.people import Person
from kb.privacy import MaskedText, mask_lines, mask_stored_text
from kb.questions.new_question import NewQuestion, check_new_question
from kb.questions.notices import supervisors_of, tell, tell_askers
from kb.questions.question import Happening, OpenQuestion, QuestionKind, QuestionState
from kb.questions.rows import (
    Change,
    insert_question,
    read_question,
    write_event,
)
from kb.questions.rules import Action, check_action
from kb.questions.workers import name_of_worker
from kb.state import reading, reported_failures

MAX_REASON_CHARS = 500
MAX_ANSWER_CHARS = 5000
_MAX_TITLE_CHARS = 40


class Drafts(Protocol):
    """Makes change sets; `kb.changes` does."""

    def create(
        self, by: Person | None, title: str, origin: ChangeOrigin = ..., reason: str = ""
    ) -> ChangeSet:
        """Return a new change set without files."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """A new promise, made with the caller; each of the three is needed."""

    was_called: bool
    """已致电说明."""
    is_agreed: bool
    """客户同意."""
    promised_at: datetime | None
    """新约定时间."""


class Questions:
    """The one queue of questions, in a database."""

    def __init__(
        self,
        engine: Engine,
        ticket: re.Pattern[str],
        drafts: Drafts | None = None,
        clock: Clock = shanghai_now,
    ) -> None:
        """Work on `engine`; without `drafts` no question becomes one.

        `ticket` is how the CRM writes the numbers of its tickets.
        """
        self.engine = engine
        """Of the database; what only reads takes it from here."""
        self._ticket = ticket
        self._drafts = drafts
        self._clock = clock

    @property
    def can_draft(self) -> bool:
        """Whether a question may become a draft."""
        return self._drafts is not None

    def ask(self, by: Person, new: NewQuestion, reference: ReferenceData) -> OpenQuestion:
        """Store what a caller was promised, and return it; who promised it sees to it (首问负责).

        Sent again, it is returned as it stands. Raises QueryInvalid, DatabaseUnavailable.
        """
        now = self._clock()
        new = check_new_question(new, self._ticket, reference, now)
        question = _promise(by, new, now)
        with reported_failures(), self.engine.begin() as connection:
            if not insert_question(connection, question):
                stored = read_question(connection, new.id)
                if stored.asked_by != by.id:
                    raise QueryInvalid("这个编号已经用过，请重新登记。")
                return stored
            write_event(connection, new.id, now, Happening.ASKED, new.text, by.id, new.promised_at)
            record(connection, by, f"question.{Happening.ASKED}", new.id)
        return question

    def take(self, question_id: str, by: Person) -> None:
        """Make `by` see to a question that nobody has."""
        with self._change(question_id, Action.TAKE, by) as change:
            change.write(Happening.TAKEN, state=QuestionState.TAKEN, owner=by.id)

    def assign(self, question_id: str, by: Person, to: str, reason: str) -> None:
        """Make the account `to` see to a question; who has it already hands it over for a reason.

        Raises QueryInvalid for somebody who cannot.
        """
        with self._change(question_id, Action.ASSIGN, by) as change:
            question = change.question
            reason = _read_reason(reason, is_needed=question.owner is not None)
            name = name_of_worker(change.connection, question.kind, to)
            state = question.state
            change.write(
                Happening.ASSIGNED,
                f"交给{name}：{reason}" if reason else f"交给{name}",
                {"to": name, "reason": reason},
                owner=to,
                handed_up_at=None,
                state=QuestionState.TAKEN if state is QuestionState.OPEN else state,
            )
            tell(change, (to,), "交给您处理")

    def answer(self, question_id: str, by: Person, text: str) -> MaskedText:
        """Store the answer, let everyone who asked know, and return it as it was masked."""
        masked = mask_lines(text)
        _check_length(masked.text, MAX_ANSWER_CHARS, "请写下答复。", "答复")
        with self._change(question_id, Action.ANSWER, by) as change:
            change.write(
                Happening.ANSWERED,
                masked.text,
                state=QuestionState.ANSWERED,
                answer=masked.text,
                owner=change.question.owner or by.id,
            )
            tell_askers(change)
        return masked

    def draft(self, question_id: str, by: Person) -> str:
        """Begin a change set that will answer a question, and return its id."""
        with reading(self.engine) as connection:
            question = read_question(connection, question_id)
        check_action(Action.DRAFT, question, by)
        if self._drafts is None:
            raise QueryInvalid("内容直接来自文件夹，不能转为草稿。")
        title = f"答复：{question.text[:_MAX_TITLE_CHARS] or question.procedure_id}"
        draft = self._drafts.create(by, title, ChangeOrigin.QUESTION, question.text)
        with self._change(question_id, Action.DRAFT, by) as change:
            change.write(
                Happening.DRAFTED,
                details={"change_set": draft.id},
                state=QuestionState.DRAFTED,
                change_set_id=draft.id,
                owner=question.owner or by.id,
            )
        return draft.id

    def renew(self, question_id: str, by: Person, renewal: Renewal) -> None:
        """Replace the promise by one to which the caller agreed. Raises QueryInvalid."""
        now, promised_at = self._clock(), renewal.promised_at
        if not (renewal.was_called and renewal.is_agreed and promised_at):
            raise QueryInvalid("已致电说明、客户同意、新约定时间，三项都要记录。")
        if promised_at <= now:
            raise QueryInvalid("新约定时间应在现在之后。")
        agreed = f"{promised_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        with self._change(question_id, Action.RENEW, by) as change:
            change.write(
                Happening.RENEWED,
                f"已致电说明；客户同意；新约定时间 {agreed}",
                {"promised_at": agreed},
                promised_at=promised_at,
            )

    def hand_up(self, question_id: str, by: Person, reason: str) -> None:
        """Ask every 主管 of the owner's team to help."""
        reason = _read_reason(reason)
        with self._change(question_id, Action.HAND_UP, by) as change:
            change.write(Happening.HANDED_UP, reason, {"reason": reason}, handed_up_at=change.now)
            leads = supervisors_of(change.connection, change.question.owner)
            tell(change, leads, f"转主管（{by.name}）")

    def close(self, question_id: str, by: Person, reason: str) -> OpenQuestion:
        """End a question for a reason, and return it."""
        reason = _read_reason(reason)
        with self._change(question_id, Action.CLOSE, by) as change:
            change.write(
                Happening.CLOSED,
                reason,
                {"reason": reason},
                state=QuestionState.CLOSED,
                closed_reason=reason,
            )
        return replace(change.question, state=QuestionState.CLOSED, closed_reason=reason)

    def reopen(self, question_id: str, by: Person, reason: str) -> None:
        """Take up a question again that was answered or closed."""
        reason = _read_reason(reason)
        with self._change(question_id, Action.REOPEN, by) as change:
            owner = change.question.owner
            change.write(
                Happening.REOPENED,
                reason,
                {"reason": reason},
                state=QuestionState.TAKEN if owner else QuestionState.OPEN,
                closed_reason="",
            )
            tell(change, (owner,), "重新打开")

    @contextmanager
    def _change(self, question_id: str, action: Action, by: Person) -> Iterator[Change]:
        """Give a question to change within a transaction, if `by` may do so now."""
        with reported_failures(), self.engine.begin() as connection:
            question = read_question(connection, question_id, to_change=True)
            check_action(action, question, by)
            yield Change(connection, question, by, self._clock())


def _promise(by: Person, new: NewQuestion, now: datetime) -> OpenQuestion:
    return OpenQuestion(
        id=new.id,
        kind=QuestionKind.PROMISED,
        state=QuestionState.TAKEN,
        text=new.text,
        procedure_id=new.procedure_id,
        source_id="",
        asked_by=by.id,
        asked_at=new.asked_at,
        ticket=new.ticket,
        owner=by.id,
        promised_at=new.promised_at,
        handed_up_at=None,
        answer="",
        closed_reason="",
        change_set_id=None,
        updated_at=now,
    )


def _read_reason(text: str, *, is_needed: bool = True) -> str:
    """Return a reason, masked. Raises QueryInvalid."""
    reason = mask_stored_text(" ".join(text.split()))
    if reason or is_needed:
        _check_length(reason, MAX_REASON_CHARS, "请写明原因。", "原因")
    return reason


def _check_length(text: str, most: int, missing: str, name: str) -> None:
    if not text:
        raise QueryInvalid(missing)
    if len(text) > most:
        raise QueryInvalid(f"{name}最多 {most} 字。")
