"""What happens to questions by themselves: reminders before a promise ends, drafts that end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, and_, exists, select

from kb.changes import ChangeState
from kb.content import ReferenceData, id_in_path, is_procedure_path
from kb.questions.notices import notify, supervisors_of, tell, tell_askers
from kb.questions.promise import Due, due_of, soon_until
from kb.questions.question import Happening, OpenQuestion, QuestionState
from kb.questions.rows import Change, question_of, write_event
from kb.state import reported_failures
from kb.state.tables import change_files, change_sets, question_events, questions


def remind(engine: Engine, now: datetime, reference: ReferenceData) -> int:
    """Remind of promises that end soon or have ended, each once, and return of how many.

    The owner is told of both; of an ended one also every 主管 of the owner's team. Raises
    DatabaseUnavailable.
    """
    soon = soon_until(now, reference)
    statement = (
        select(questions)
        .where(questions.c.promised_at <= soon, questions.c.state != QuestionState.CLOSED)
        .with_for_update()
    )
    reminded = 0
    with reported_failures(), engine.begin() as connection:
        for row in connection.execute(statement).all():
            question = question_of(row)
            due = due_of(question.promised_at, now, soon)
            if not _is_reminded(connection, question, due):
                _remind(connection, question, due, now)
                reminded += 1
    return reminded


def _is_reminded(connection: Connection, question: OpenQuestion, due: Due) -> bool:
    """Return whether the promise as it is now has been reminded of so."""
    table = question_events.c
    told = and_(
        table.question_id == question.id,
        table.action == Happening.REMINDED,
        table.text == due,
        table.promised_at == question.promised_at,
    )
    return bool(connection.scalar(select(exists().where(told))))


def _remind(connection: Connection, question: OpenQuestion, due: Due, now: datetime) -> None:
    write_event(
        connection,
        question.id,
        now,
        Happening.REMINDED,
        due,
        promised_at=question.promised_at,
    )
    people = [question.owner]
    if due is Due.OVERDUE:
        people += supervisors_of(connection, question.owner)
    notify(connection, people, question, f"待答{due}", now)


def settle_drafts(engine: Engine, now: datetime) -> int:
    """Answer the questions whose draft was published, and return how many.

    One whose draft was withdrawn goes back to who sees to it. Raises DatabaseUnavailable.
    """
    statement = (
        select(questions, change_sets.c.title, change_sets.c.state.label("change_state"))
        .join(change_sets, change_sets.c.id == questions.c.change_set_id)
        .where(questions.c.state == QuestionState.DRAFTED)
        .where(change_sets.c.state.in_((ChangeState.PUBLISHED, ChangeState.WITHDRAWN)))
        .with_for_update(of=questions)
    )
    answered = 0
    with reported_failures(), engine.begin() as connection:
        for row in connection.execute(statement).all():
            change = Change(connection, question_of(row), None, now)
            if row.change_state == ChangeState.PUBLISHED:
                _answer(change, row.title)
                answered += 1
            else:
                _give_back(change)
    return answered


def _answer(change: Change, title: str) -> None:
    question = change.question
    path = change_files.c.path
    paths = change.connection.scalars(
        select(path).where(change_files.c.change_set_id == question.change_set_id).order_by(path)
    )
    changed = [id_in_path(path) for path in paths if is_procedure_path(path)]
    is_about = question.procedure_id in changed or not changed
    change.write(
        Happening.ANSWERED,
        answer := f"已发布：{title}",
        state=QuestionState.ANSWERED,
        answer=answer,
        # The page leads there.
        procedure_id=question.procedure_id if is_about else changed[0],
    )
    tell_askers(change)


def _give_back(change: Change) -> None:
    change.write(Happening.DRAFT_LOST, state=QuestionState.TAKEN, change_set_id=None)
    tell(change, [change.question.owner], "草稿已撤回，问题还没有答复")
