"""What people do with their own attempts: begin, answer, finish; each change is one transaction.

Open answers are marked in `open_marks`; what may be shown is read in `showing`, `listing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, Engine, delete, select, update

from kb.clock import Clock, shanghai_now
from kb.errors import AttemptMovedOn, ItemsStale, PaperNotFound
from kb.exams.practice.access import check_own
from kb.exams.practice.assignments import read_assignment
from kb.exams.practice.attempt import ExamAttempt, FeedbackMode, SetKind
from kb.exams.practice.given_answer import masked_answer, read_answer
from kb.exams.practice.item_sets import ItemSet, paper_set, procedure_set, refused_items, topic_set
from kb.exams.practice.item_version import read_versions
from kb.exams.practice.marking import MultipleRule, closed_points
from kb.exams.practice.papers import StoredPaper, is_sealed, read_paper
from kb.exams.practice.rows import (
    answer_text,
    asked_item,
    attempt_of,
    insert_attempt,
    new_id,
    read_attempt,
    read_response,
    write_response,
)
from kb.knowledge_view import KnowledgeView
from kb.people import Person
from kb.state import reading, reported_failures
from kb.state.tables import exam_attempts, exam_responses


class Practice:
    """The attempts in a database.

    Besides what is named, methods raise DatabaseUnavailable.
    """

    def __init__(self, engine: Engine, clock: Clock = shanghai_now) -> None:
        """Work on `engine`."""
        self._engine = engine
        self._clock = clock

    def begin(
        self, by: Person, kind: SetKind, name: str, view: KnowledgeView, feedback: FeedbackMode
    ) -> ExamAttempt:
        """Begin to practise the items of a topic or procedure.

        Raises QueryInvalid without any, ItemsStale when none may be asked, IndexUnavailable.
        """
        if kind is SetKind.PAPER:
            raise PaperNotFound
        item_set = (topic_set if kind is SetKind.TOPIC else procedure_set)(view, name)
        attempt = self._attempt(by, item_set, feedback)
        with self._writing() as connection:
            insert_attempt(connection, attempt, item_set.items)
        return attempt

    def begin_paper(
        self, by: Person, paper_id: str, view: KnowledgeView, feedback: FeedbackMode
    ) -> ExamAttempt:
        """Begin a paper whose items may all be practised.

        Raises PaperNotFound for others, also for 培训: only who was assigned one sits it. Raises
        ItemsStale, IndexUnavailable.
        """
        with reading(self._engine) as connection:
            stored, paper = read_paper(connection, paper_id)
        # An item may have moved to the 考试 bank since.
        if stored.bank == "考试" or is_sealed(paper, view):
            raise PaperNotFound
        item_set = paper_set(view, paper, is_sealed=False)
        attempt = self._attempt(by, item_set, feedback, stored)
        with self._writing() as connection:
            insert_attempt(connection, attempt, item_set.items)
        return attempt

    def begin_assigned(self, by: Person, assignment_id: str, view: KnowledgeView) -> ExamAttempt:
        """Begin the paper of an assignment, or return the attempt that was begun.

        Raises PaperNotFound, also for somebody else's, ItemsStale, IndexUnavailable.
        """
        with reading(self._engine) as connection:
            assignment = read_assignment(connection, assignment_id)
            if assignment.account_id != by.id:
                raise PaperNotFound
            if begun := _begun(connection, assignment_id):
                return begun
            stored, paper = read_paper(connection, assignment.paper_id)
        sealed = stored.bank == "考试" or is_sealed(paper, view)
        item_set = paper_set(view, paper, is_sealed=sealed)
        # Who sits it first must not tell the others: no feedback on the way.
        attempt = replace(
            self._attempt(by, item_set, FeedbackMode.FINAL, stored),
            assignment_id=assignment_id,
            is_sealed=sealed,
        )
        with self._writing() as connection:
            # It may have been taken back meanwhile, or begun in another window.
            read_assignment(connection, assignment_id, to_change=True)
            if begun := _begun(connection, assignment_id):
                return begun
            insert_attempt(connection, attempt, item_set.items)
        return attempt

    def answer(
        self, by: Person, attempt_id: str, number: int, given: Sequence[str], view: KnowledgeView
    ) -> None:
        """Keep an answer, masked, with what it is worth; an earlier one is replaced.

        Raises AttemptNotFound, PermissionDenied for an attempt of somebody else, AttemptMovedOn,
        QueryInvalid for what cannot be an answer, ItemsStale for an item that became 待复核
        meanwhile, IndexUnavailable.
        """
        with reading(self._engine) as connection:
            attempt = read_attempt(connection, attempt_id)
            check_own(attempt, by)
            item = asked_item(connection, read_response(connection, attempt_id, number))
        if refused := refused_items(view, [item]):
            raise ItemsStale([f"第{number}题" if attempt.is_sealed else refused[0].reason])
        answer = read_answer(item, given)
        with self._changing(by, attempt_id) as (connection, attempt):
            response = read_response(connection, attempt_id, number)
            if attempt.is_finished:
                raise AttemptMovedOn("已经交卷，不能再答。")
            if attempt.feedback is FeedbackMode.IMMEDIATE and response.answer:
                raise AttemptMovedOn("这一题已经看过反馈，不能再改。")
            write_response(
                connection,
                response,
                # Marked as it was given: a number that is masked may be the right one.
                points=closed_points(item, answer, attempt.multiple_rule),
                answer=answer_text(masked_answer(answer)),
                answered_at=self._clock(),
            )

    def finish(self, by: Person, attempt_id: str, view: KnowledgeView) -> None:
        """End an attempt; what was not answered gets no points.

        Items without an answer that became 待复核 meanwhile are taken out: they could not be
        answered any more. Raises AttemptNotFound, PermissionDenied, AttemptMovedOn,
        IndexUnavailable.
        """
        table = exam_responses.c
        unanswered = (table.attempt_id == attempt_id, table.answer == "")
        with reading(self._engine) as connection:
            check_own(read_attempt(connection, attempt_id), by)
            hashes = connection.scalars(select(table.content_hash).where(*unanswered)).all()
            items = read_versions(connection, hashes).values()
        stale = [item.item_id for item in refused_items(view, items)]
        with self._changing(by, attempt_id) as (connection, attempt):
            if attempt.is_finished:
                raise AttemptMovedOn("已经交过卷了。")
            taken_out = delete(exam_responses).where(*unanswered, table.item_id.in_(stale))
            connection.execute(taken_out)
            connection.execute(update(exam_responses).where(*unanswered).values(points=0.0))
            ended = update(exam_attempts).where(exam_attempts.c.id == attempt_id)
            connection.execute(ended.values(finished_at=self._clock()))

    def _attempt(
        self,
        by: Person,
        item_set: ItemSet,
        feedback: FeedbackMode,
        paper: StoredPaper | None = None,
    ) -> ExamAttempt:
        return ExamAttempt(
            id=new_id(),
            account_id=by.id,
            set_kind=item_set.kind,
            set_name=item_set.name,
            paper_id=paper.id if paper else None,
            assignment_id=None,
            is_sealed=False,
            feedback=feedback,
            multiple_rule=paper.multiple_rule if paper else MultipleRule.ALL_OR_NOTHING,
            started_at=self._clock(),
            finished_at=None,
        )

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with reported_failures(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _changing(self, by: Person, attempt_id: str) -> Iterator[tuple[Connection, ExamAttempt]]:
        """Give an attempt of somebody's own to change within a transaction."""
        with self._writing() as connection:
            attempt = read_attempt(connection, attempt_id, to_change=True)
            check_own(attempt, by)
            yield connection, attempt


def _begun(connection: Connection, assignment_id: str) -> ExamAttempt | None:
    statement = select(exam_attempts).where(exam_attempts.c.assignment_id == assignment_id)
    row = connection.execute(statement).first()
    return attempt_of(row) if row else None
