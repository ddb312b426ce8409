"""`list_feedback`: by procedure, newest first."""

from __future__ import annotations

from datetime import timedelta

from kb.feedback import Feedback
from kb.feedback.listing import ProcedureFeedback, list_feedback
from kb.feedback.store import FeedbackStore
from kb.settings import Settings
from kb.state import open_database
from tests.kb.feedback.sayings import NOON, a_saying


def listed(database: Settings, *feedback: Feedback) -> list[ProcedureFeedback]:
    store = FeedbackStore(database)
    for said in feedback:
        store.write(said)
    return list_feedback(open_database(database), NOON)


def test_feedback_comes_back_as_it_was_said(database: Settings) -> None:
    said = a_saying(verdict="有用", search_id="a" * 32)

    assert listed(database, said) == [ProcedureFeedback(said.procedure_id, (said,))]


def test_the_newest_stands_first_and_its_procedure_too(database: Settings) -> None:
    groups = listed(
        database,
        a_saying(1, 10, procedure_id="a"),
        a_saying(2, 40, procedure_id="a"),
        a_saying(3, 20, procedure_id="b"),
        a_saying(4, 50, procedure_id="b"),
        a_saying(5, 30, procedure_id="c"),
    )

    seconds = {
        group.procedure_id: [(said.at - NOON).seconds for said in group.said] for group in groups
    }
    assert list(seconds.items()) == [("b", [50, 20]), ("a", [40, 10]), ("c", [30])]


def test_what_was_said_before_is_left_out(database: Settings) -> None:
    (group,) = listed(database, a_saying(1, -1), a_saying(2, 0))

    assert [said.id for said in group.said] == [a_saying(2).id]


def test_times_are_those_of_shanghai(database: Settings) -> None:
    ((said,),) = [group.said for group in listed(database, a_saying())]

    assert said.at.utcoffset() == timedelta(hours=8)
