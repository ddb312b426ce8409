"""The queue takes in what was searched in vain and said of answers, each saying once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from kb.feedback import Feedback
from kb.people import Person, Role
from kb.questions import OpenQuestion, QuestionKind, QuestionState
from kb.questions.history import Wording, read_wordings
from kb.questions.intake import SETTLING, WINDOW, QuestionIntake
from kb.questions.listing import QueueFilter, find_listed, list_own, list_queue
from kb.search_events import SearchEvent
from kb.state.tables import feedback, search_events
from tests.kb.feedback.sayings import a_saying
from tests.kb.questions.floor import NOW, Floor
from tests.kb.search_events.events import an_event

EARLIER = NOW - timedelta(hours=1)


def search(floor: Floor, number: int, query: str, **changes: Any) -> None:
    event = an_event(number, query=query, **{"at": EARLIER, "first_hit": ""} | changes)
    put(floor, search_events, event)


def say(floor: Floor, number: int, line: str = "", **changes: Any) -> None:
    said = a_saying(number, line=line, **{"at": EARLIER} | changes)
    put(floor, feedback, said)


def put(floor: Floor, table: Any, item: SearchEvent | Feedback) -> None:
    row = {column.name: getattr(item, column.name) for column in table.c}
    with floor.engine.begin() as connection:
        connection.execute(insert(table), row)


def take_in(floor: Floor, intake: QuestionIntake | None = None) -> int:
    """Bring the queue up to date; each character sounds as itself."""
    intake = intake or QuestionIntake(floor.engine, floor.clock)
    for text in intake.look():
        intake.learn(text, frozenset(filter(str.isalnum, text)))
    return intake.take_in()


def queue(floor: Floor, **wanted: str) -> list[tuple[str, int]]:
    """Return the texts in the queue with how often each was asked."""
    found = list_queue(floor.engine, QueueFilter(**wanted))
    return [(item.question.text, item.times) for item in found.questions]


def only(floor: Floor, **wanted: str) -> OpenQuestion:
    (listed,) = list_queue(floor.engine, QueueFilter(**wanted)).questions
    return listed.question


def test_searches_of_one_meaning_are_one_question(floor: Floor) -> None:
    for number, query in enumerate(["积分兑换", "积分 兑换？", "积分怎么兑换", "宠物险"], 1):
        search(floor, number, query, at=EARLIER + timedelta(seconds=number), first_hit="p")

    assert take_in(floor) == 1
    question = only(floor)
    assert question.text == "积分兑换"
    assert (question.kind, question.state) == (QuestionKind.NO_RESULT, QuestionState.OPEN)
    assert (question.id, question.source_id) == (f"{1:032x}", f"{1:032x}")
    assert (question.procedure_id, question.asked_by) == ("p", None)
    assert question.asked_at == EARLIER + timedelta(seconds=1)
    assert queue(floor) == [("积分兑换", 3)]
    assert floor.audited() == [("question.asked", question.id)]
    assert read_wordings(floor.engine, question.id) == [
        Wording(text, 1) for text in sorted(["积分兑换", "积分 兑换？", "积分怎么兑换"])
    ]


def test_each_search_is_counted_once(floor: Floor) -> None:
    intake = QuestionIntake(floor.engine, floor.clock)
    search(floor, 1, "积分兑换")
    search(floor, 2, "积分兑换")
    assert [take_in(floor, intake), take_in(floor, intake)] == [1, 0]
    search(floor, 3, "兑换积分")
    assert take_in(floor) == 0

    assert queue(floor) == [("积分兑换", 3)]


def test_processes_may_take_in_at_the_same_time(floor: Floor) -> None:
    for number in range(1, 21):
        search(floor, number, "积分兑换" if number % 2 else "宠物险")
    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(lambda _: take_in(floor), range(4)))

    assert sum(added) == 2
    assert sorted(queue(floor)) == [("宠物险", 10), ("积分兑换", 10)]


@pytest.mark.parametrize(
    "changes",
    [
        {"answered": True},
        {"at": NOW - WINDOW - timedelta(seconds=1)},
        # Somebody may still be typing.
        {"at": NOW - SETTLING + timedelta(seconds=1)},
        {"query": "？！"},
    ],
)
def test_what_is_no_gap_is_left_out(floor: Floor, changes: dict[str, Any]) -> None:
    for number in (1, 2):
        search(floor, number, **{"query": "积分兑换"} | changes)

    assert take_in(floor) == 0
    assert queue(floor) == []


def test_what_waits_is_preferred_to_what_has_ended(floor: Floor) -> None:
    floor.store(text="积分兑换", state=QuestionState.CLOSED)
    waiting = floor.store(text="兑换积分", updated_at=NOW - timedelta(days=9))
    search(floor, 1, "积分兑换")
    take_in(floor)

    assert queue(floor) == [("兑换积分", 1)]
    assert floor.events(waiting.id) == [("asked", "积分兑换")]


def test_what_was_closed_stays_closed(floor: Floor) -> None:
    closed = floor.store(text="积分兑换", state=QuestionState.CLOSED)
    for number in (1, 2, 3):
        search(floor, number, "积分兑换")

    assert take_in(floor) == 0
    assert floor.read(closed.id) == closed
    assert len(floor.events(closed.id)) == 3


def test_what_was_answered_and_is_searched_in_vain_again_is_opened_again(floor: Floor) -> None:
    editor = floor.person("林晓", Role.EDITOR)
    answered = floor.store(
        text="积分兑换", state=QuestionState.ANSWERED, owner=editor.id, updated_at=EARLIER
    )
    # Asked before the answer, and once after it: that may have been on the way.
    search(floor, 1, "积分兑换", at=EARLIER - timedelta(minutes=1))
    search(floor, 2, "积分兑换", at=EARLIER + timedelta(minutes=1))
    take_in(floor)
    assert floor.read(answered.id) == answered

    search(floor, 3, "积分兑换", at=EARLIER + timedelta(minutes=2))
    take_in(floor)
    assert floor.read(answered.id).state is QuestionState.TAKEN
    assert floor.events(answered.id)[-1] == ("reopened", "答复后又有 2 次")
    assert floor.notified(editor) == ["答复后又问：“积分兑换”"]


def test_feedback_counts_at_once_and_by_procedure(floor: Floor) -> None:
    say(floor, 1, "表名改了", procedure_id="a")
    say(floor, 2, "表名改了。", procedure_id="a")
    say(floor, 3, "表名改了", procedure_id="b")
    say(floor, 4, "表名改了", procedure_id="a", verdict="没解决")
    say(floor, 5, "很好", verdict="有用")

    assert take_in(floor) == 3
    assert queue(floor, kind=QuestionKind.WRONG) == [("表名改了", 2), ("表名改了", 1)]
    assert queue(floor, kind=QuestionKind.UNSOLVED) == [("表名改了", 1)]


def test_feedback_without_a_word_is_one_question_a_procedure(floor: Floor) -> None:
    for number, procedure in enumerate("aba", 1):
        say(floor, number, "", procedure_id=procedure)
    take_in(floor)

    assert queue(floor) == [("", 2), ("", 1)]
    assert read_wordings(floor.engine, f"{1:032x}") == []


def test_a_text_whose_sounds_are_not_learned_waits(floor: Floor) -> None:
    intake = QuestionIntake(floor.engine, floor.clock)
    say(floor, 1, "表名改了")
    assert intake.take_in() == 0
    assert intake.look() == ["表名改了"]
    assert take_in(floor, intake) == 1
    assert intake.look() == []


def test_promises_do_not_draw_searches(floor: Floor) -> None:
    agent: Person = floor.person("王芳", Role.AGENT)
    floor.promise(agent, text="积分兑换")
    search(floor, 1, "积分兑换")
    search(floor, 2, "积分兑换")

    assert take_in(floor) == 1


def test_who_gave_feedback_is_told_of_the_answer(floor: Floor) -> None:
    agents = [floor.person(name, Role.AGENT) for name in ("王芳", "陈明")]
    editor = floor.person("林晓", Role.EDITOR)
    intake = QuestionIntake(floor.engine, floor.clock)
    for number, agent in enumerate(agents, 1):
        say(floor, number, "表名改了")
        intake.sign(f"{number:032x}", "有错", agent)
    intake.sign("f" * 32, "有错", agents[0])
    # Another process is first.
    take_in(floor)
    take_in(floor, intake)
    question = only(floor)
    assert question.asked_by == agents[0].id
    floor.questions.answer(question.id, editor, "已改")

    for agent in agents:
        assert floor.notified(agent) == ["有答复：“表名改了”"]
        assert [
            q.question.id for q in list_own(floor.engine, agent, is_waiting=False).questions
        ] == [question.id]
        assert find_listed(floor.engine, question.id, agent).question.answer == "已改"
