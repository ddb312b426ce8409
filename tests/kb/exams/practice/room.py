"""A training room: people, papers and attempts in a database, with a clock that stands."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine

from kb.audit import AuditEntry, read_trail
from kb.content import ExamItem
from kb.exams.papers import ExamPaper, PaperItem, PaperSection
from kb.exams.practice import ExamAttempt, FeedbackMode, MultipleRule, SetKind, ShownAttempt
from kb.exams.practice.assignments import Assignments
from kb.exams.practice.open_marks import OpenMarks
from kb.exams.practice.papers import Papers, StoredPaper
from kb.exams.practice.practice import Practice
from kb.exams.practice.showing import show_attempt
from kb.knowledge_view import KnowledgeView
from kb.people import Person, Role
from kb.people.accounts import Accounts
from tests.clocks import instant
from tests.exam_samples import EXAM, SEALED, SEALED_PATH, exam_in
from tests.kb.indexing.desks import TODAY

RIGHT: dict[str, list[str]] = {
    "contact-1": ["B"],
    "contact-2": ["A", "B"],
    "contact-3": ["错"],
    "contact-4": ["5", "2"],
    "contact-7": ["错"],
}
"""The right answers to the closed items of the samples."""


class Room:
    """People who practise, and who train them."""

    def __init__(self, engine: Engine, view: KnowledgeView) -> None:
        self.engine = engine
        self.view = view
        self.now = instant(TODAY)
        self.papers = Papers(engine, self.clock)
        self.assignments = Assignments(engine, self.clock)
        self.practice = Practice(engine, self.clock)
        self.marks = OpenMarks(engine, self.clock)

    def clock(self) -> datetime:
        """Return the present instant: a minute after the last time somebody looked."""
        self.now += timedelta(minutes=1)
        return self.now

    def person(self, name: str, *roles: Role) -> Person:
        """Return somebody with a new account."""
        login = secrets.token_hex(8)
        return Accounts(self.engine, self.clock).create(None, login, name, frozenset(roles), "")

    def agent(self, name: str = "陈晨") -> Person:
        """Return a new 坐席."""
        return self.person(name, Role.AGENT)

    def trainer(self, name: str = "周敏") -> Person:
        """Return a new 培训."""
        return self.person(name, Role.TRAINER)

    def begin(
        self, by: Person, feedback: FeedbackMode = FeedbackMode.FINAL, topic: str = "保全"
    ) -> ExamAttempt:
        """Begin to practise a topic."""
        return self.practice.begin(by, SetKind.TOPIC, topic, self.view, feedback)

    def store(
        self,
        *item_ids: str,
        title: str = "月考",
        rule: MultipleRule = MultipleRule.ALL_OR_NOTHING,
        by: Person | None = None,
    ) -> StoredPaper:
        """Keep a paper of these items."""
        return self.papers.store(
            by or self.trainer(), paper_of(*item_ids, title=title), self.view, rule
        )

    def sit(self, by: Person, paper: StoredPaper, trainer: Person | None = None) -> ExamAttempt:
        """Assign a paper to somebody and begin it."""
        (assigned,) = self.assignments.assign(trainer or self.trainer(), paper.id, [by.id])
        return self.practice.begin_assigned(by, assigned, self.view)

    def answer(self, by: Person, attempt: ExamAttempt, **answers: Sequence[str]) -> ShownAttempt:
        """Answer the items of these ids, with `_` for `-`, finish, and return what is shown."""
        for asked in self.shown(by, attempt).items:
            given = answers.get(asked.question.item_id.replace("-", "_"))
            if given is not None:
                self.practice.answer(by, attempt.id, asked.number, given, self.view)
        self.practice.finish(by, attempt.id, self.view)
        return self.shown(by, attempt)

    def shown(self, by: Person, attempt: ExamAttempt) -> ShownAttempt:
        """Return an attempt as somebody may see it."""
        return show_attempt(self.engine, by, attempt.id)

    def audited(self, action: str) -> list[AuditEntry]:
        """Return what the audit says of an action."""
        return [entry for entry in read_trail(self.engine) if entry.action == action]


def item_of(item_id: str) -> ExamItem:
    """Return an item of either bank of the samples."""
    files = (exam_in(EXAM), exam_in(SEALED, SEALED_PATH))
    return next(item for file in files for item in file.items if item.id == item_id)


def paper_of(*item_ids: str, title: str = "月考", variant: str = "A") -> ExamPaper:
    """Return a paper with a section for each of the items."""
    sections = []
    for number, item in enumerate(map(item_of, item_ids), start=1):
        sections.append(PaperSection(item.type, (PaperItem(number, item.points, item),)))
    return ExamPaper(title, variant, 1, tuple(sections))
