"""Builds the contexts of the pages of questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kb.answer import ReplyTime
from kb.clock import SHANGHAI
from kb.knowledge_view import KnowledgeView
from kb.people import Permission, Person
from kb.questions import (
    Action,
    Due,
    QuestionKind,
    QuestionState,
    due_of,
    possible_actions,
    question_href,
    soon_until,
)
from kb.questions.history import QuestionEvent, Wording
from kb.questions.listing import NOBODY, ListedQuestion, Queue, QueueFilter
from kb.questions.workers import Worker
from web.contexts import Choice, Shell
from web.questions.contexts import (
    FilterField,
    OwnQuestionsPage,
    QuestionPage,
    QuestionRow,
    QueuePage,
)

_REPLIED = "已回复客户"
_WORDLESS = "（没有补充说明）"
_UNITS = ((timedelta(days=1), "天"), (timedelta(hours=1), "小时"), (timedelta(minutes=1), "分钟"))


@dataclass(frozen=True, slots=True)
class QuestionDetails:
    """One question with all that the database knows of it."""

    listed: ListedQuestion
    wordings: tuple[Wording, ...]
    events: tuple[QuestionEvent, ...]
    workers: tuple[Worker, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the page of a question says of what was sent just before."""

    masked_lines: tuple[int, ...] = ()
    message: str = ""
    typed: Mapping[str, str] | None = None


class QuestionBuilder:
    """What is known at one moment, from which a page is built."""

    def __init__(self, view: KnowledgeView, now: datetime, person: Person, shell: Shell) -> None:
        """Build pages for `person`, surrounded by `shell`."""
        self._view = view
        self._now = now
        self._soon = soon_until(now, view.reference)
        self._person = person
        self._shell = shell

    def queue_page(self, queue: Queue, wanted: QueueFilter, workers: Iterable[Worker]) -> QueuePage:
        """Return the queue; `workers` are those who may own any of it."""
        return QueuePage(
            shell=self._shell,
            filters=tuple(self._filters(wanted, list(workers))),
            rows=self._rows(queue),
            total=queue.total,
        )

    def own_page(self, waiting: Queue, ended: Queue) -> OwnQuestionsPage:
        """Return what somebody asked or sees to."""
        return OwnQuestionsPage(self._shell, self._rows(waiting), self._rows(ended))

    def question_page(
        self, details: QuestionDetails, reply: Reply, *, can_draft: bool
    ) -> QuestionPage:
        """Return one question; without `can_draft` it cannot become a draft."""
        question = details.listed.question
        actions = {action.value for action in possible_actions(question, self._person)}
        sees_draft = question.change_set_id and self._person.may(Permission.SEE_CHANGES)
        lines = "、".join(map(str, reply.masked_lines))
        return QuestionPage(
            shell=self._shell,
            row=self._row(details.listed),
            wordings=details.wordings if len(details.wordings) > 1 else (),
            events=details.events,
            actions=frozenset(actions if can_draft else actions - {Action.DRAFT.value}),
            workers=details.workers,
            change_href=f"/changes/{question.change_set_id}" if sees_draft else "",
            masked_lines=f"第 {lines} 行" if lines else "",
            closing=_REPLIED if question.kind is QuestionKind.PROMISED else "",
            message=reply.message,
            typed=reply.typed or {},
        )

    def _filters(self, wanted: QueueFilter, workers: list[Worker]) -> Iterator[FilterField]:
        yield _filter_field("kind", "来源", wanted.kind, {kind: kind for kind in QuestionKind})
        states: dict[str, str] = {"": "待办", **{state: state for state in QuestionState}}
        yield _filter_field("state", "状态", wanted.state, states)
        owners = {self._person.id: "我", NOBODY: "没人接手"}
        owners |= {item.id: item.name for item in workers if item.id != self._person.id}
        yield _filter_field("owner", "负责人", wanted.owner, owners)
        teams = dict.fromkeys(item.team for item in workers if item.team)
        yield _filter_field("team", "班组", wanted.team, {team: team for team in teams})

    def _rows(self, queue: Queue) -> tuple[QuestionRow, ...]:
        return tuple(map(self._row, queue.questions))

    def _row(self, listed: ListedQuestion) -> QuestionRow:
        question = listed.question
        procedure = self._view.card_of(question.procedure_id)
        promised_at = question.promised_at and question.promised_at.astimezone(SHANGHAI)
        due = due_of(promised_at, self._now, self._soon)
        if question.state is QuestionState.CLOSED:
            due = Due.LATER
        return QuestionRow(
            listed=listed,
            href=question_href(question.id),
            about=question.text or _WORDLESS,
            procedure=procedure,
            is_nearest=question.kind is QuestionKind.NO_RESULT,
            age=age(self._now - question.asked_at),
            promised=ReplyTime(promised_at).wording if promised_at else "",
            due=due,
            is_overdue=due is Due.OVERDUE,
        )


def age(passed: timedelta) -> str:
    """Return how long ago something was, in its largest unit: 3 小时."""
    for unit, name in _UNITS:
        if passed >= unit:
            return f"{passed // unit} {name}"
    return "刚刚"


def _filter_field(name: str, label: str, wanted: str, labels: Mapping[str, str]) -> FilterField:
    named = labels if "" in labels else {"": "全部", **labels}
    choices = (Choice(value, text, "", value == wanted) for value, text in named.items())
    return FilterField(name, label, tuple(choices))
