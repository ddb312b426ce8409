"""Papers that are kept: fixed, and told apart by their digest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select

from kb.audit import record
from kb.clock import Clock, shanghai_now
from kb.content import Bank
from kb.errors import ItemsStale, PaperNotFound
from kb.exams.papers.exam_paper import ExamPaper, paper_from_json
from kb.exams.practice.access import check_trainer
from kb.exams.practice.item_sets import practice_bank, refused_items
from kb.exams.practice.marking import MultipleRule
from kb.exams.practice.rows import new_id
from kb.knowledge_view import KnowledgeView
from kb.people import Permission, Person
from kb.state import reading, reported_failures
from kb.state.tables import exam_papers


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper that is kept, without its items."""

    id: str
    title: str
    variant: str
    bank: Bank
    """考试 as soon as one of its items was not in the 练习 bank."""
    multiple_rule: MultipleRule
    digest: str
    """`ExamPaper.digest`."""
    stored_at: datetime


class Papers:
    """The papers in a database."""

    def __init__(self, engine: Engine, clock: Clock = shanghai_now) -> None:
        """Work on `engine`."""
        self._engine = engine
        self._clock = clock

    def store(
        self,
        by: Person,
        paper: ExamPaper,
        view: KnowledgeView,
        rule: MultipleRule = MultipleRule.ALL_OR_NOTHING,
    ) -> StoredPaper:
        """Keep a paper with its rule for 多选, and return it; kept already, as it was kept.

        Raises PermissionDenied, ItemsStale, DatabaseUnavailable, IndexUnavailable.
        """
        check_trainer(by)
        if refused := refused_items(view, paper.exam_items):
            raise ItemsStale([item.reason for item in refused])
        stored = StoredPaper(
            id=new_id(),
            title=paper.title,
            variant=paper.variant,
            bank="考试" if is_sealed(paper, view) else "练习",
            multiple_rule=rule,
            digest=paper.digest,
            stored_at=self._clock(),
        )
        with reported_failures(), self._engine.begin() as connection:
            same = select(exam_papers).filter_by(digest=stored.digest, multiple_rule=rule)
            if row := connection.execute(same).first():
                return stored_paper(row)
            connection.execute(insert(exam_papers), _row(stored, paper, by))
            details = {"title": paper.title, "digest": stored.digest}
            record(connection, by, "paper.stored", stored.id, details)
        return stored

    def all(self, by: Person) -> list[StoredPaper]:
        """Return the papers that somebody may begin without assignment, or keeps; latest first.

        培训 gets all, others those of the 练习 bank.
        """
        statement = select(exam_papers).order_by(exam_papers.c.stored_at.desc(), exam_papers.c.id)
        if not by.may(Permission.TRAIN):
            statement = statement.where(exam_papers.c.bank == "练习")
        with reading(self._engine) as connection:
            return [stored_paper(row) for row in connection.execute(statement)]

    def content(self, by: Person, paper_id: str) -> ExamPaper:
        """Return a paper with all that is right. Raises PermissionDenied, PaperNotFound."""
        check_trainer(by)
        with reading(self._engine) as connection:
            return read_paper(connection, paper_id)[1]


def read_paper(connection: Connection, paper_id: str) -> tuple[StoredPaper, ExamPaper]:
    """Return a paper as it is kept, and what it says. Raises PaperNotFound."""
    row = connection.execute(select(exam_papers).where(exam_papers.c.id == paper_id)).first()
    if row is None:
        raise PaperNotFound
    return stored_paper(row), paper_from_json(json.loads(row.content))


def is_sealed(paper: ExamPaper, view: KnowledgeView) -> bool:
    """Return whether a paper has an item that may not be practised: of 考试, or of no bank now."""
    practised = {banked.item.id for banked in practice_bank(view).items}
    return not practised.issuperset(item.id for item in paper.exam_items)


def stored_paper(row: Row[Any]) -> StoredPaper:
    """Return the paper in a row of its table, or of a join with it."""
    names = ("id", "title", "variant", "bank", "digest", "stored_at")
    values = {name: row._mapping[exam_papers.c[name]] for name in names}
    rule = MultipleRule(row._mapping[exam_papers.c.multiple_rule])
    return StoredPaper(**values, multiple_rule=rule)


def _row(stored: StoredPaper, paper: ExamPaper, by: Person) -> dict[str, Any]:
    return {
        "id": stored.id,
        "title": stored.title,
        "variant": stored.variant,
        "bank": stored.bank,
        "multiple_rule": stored.multiple_rule,
        "digest": stored.digest,
        "content": json.dumps(paper.as_json(), ensure_ascii=False),
        "stored_by": by.id,
        "stored_at": stored.stored_at,
    }
