"""Steps are confusing by what people get wrong, search in vain and flag."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from kb.errors import PermissionDenied
from kb.exams.practice.confusing_steps import LEAST_RESPONSES, ConfusingStep, confusing_steps
from kb.figures import Period
from kb.state.tables import feedback, search_events
from tests.kb.exams.practice.room import Room
from tests.kb.feedback.sayings import a_saying
from tests.kb.indexing.desks import TODAY
from tests.kb.search_events.events import an_event

DAY = Period(TODAY, TODAY)
AWAY = timedelta(days=2)


def practise(room: Room, times: int = LEAST_RESPONSES, **answers: list[str]) -> None:
    for _ in range(times):
        agent = room.agent()
        room.answer(agent, room.begin(agent), **answers)


def found(room: Room, period: Period = DAY) -> dict[str, ConfusingStep]:
    """Return the confusing steps by address, in order."""
    steps = confusing_steps(room.engine, room.trainer(), room.view, period)
    assert {step.procedure_id for step in steps} <= {"contact-change"}
    return {step.address: step for step in steps}


def search(room: Room, number: int, **changes: object) -> None:
    event = replace(an_event(number, first_hit="contact-change"), **changes)  # type: ignore[arg-type]
    with room.engine.begin() as connection:
        connection.execute(insert(search_events), asdict(event))


def say(room: Room, number: int, **changes: object) -> None:
    said = replace(a_saying(number, procedure_id="contact-change"), **changes)  # type: ignore[arg-type]
    with room.engine.begin() as connection:
        connection.execute(insert(feedback), asdict(said))


def test_the_step_whose_items_bring_least_comes_first(room: Room) -> None:
    practise(room, contact_1=["B"], contact_2=["A"], contact_4=["5", "9"])
    steps = found(room)
    assert list(steps)[-2:] == ["时效/告知结果", "verify"]
    assert steps["verify"].facility == 1
    assert steps["verify"].score == 0
    assert steps["时效/告知结果"].facility == 0.5
    assert steps["所需材料/授权委托书"].item_ids == ("contact-2",)
    assert steps["所需材料/授权委托书"].score == 1


def test_an_item_counts_for_its_step_once_and_part_pins_for_the_step(room: Room) -> None:
    practise(room)
    steps = found(room)
    # Pinned to a 必说 of the step, twice.
    assert steps["proxy"].item_ids == ("contact-5",)
    assert steps["proxy"].responses == LEAST_RESPONSES
    assert steps["no-agent-number"].facility == 0


def test_few_answers_and_those_of_other_days_say_nothing(room: Room) -> None:
    practise(room, LEAST_RESPONSES - 1)
    assert found(room) == {}
    practise(room, 1)
    assert found(room)
    assert found(room, Period(TODAY + AWAY, TODAY + AWAY)) == {}


def test_answers_that_wait_to_be_marked_say_nothing(room: Room) -> None:
    practise(room, contact_5=["说明"])
    assert "proxy" not in found(room)


def test_failed_searches_and_flags_of_the_procedure_add_to_its_steps(room: Room) -> None:
    practise(room, contact_1=["B"])
    search(room, 1)
    search(room, 2, first_hit="address-change", opened="contact-change")
    search(room, 3, answered=True)
    search(room, 4, at=an_event().at + AWAY)
    for number in range(5, 9):
        search(room, number, first_hit="address-change")
    for number, verdict in enumerate(("有错", "没解决", "有用"), start=1):
        say(room, number, verdict=verdict)
    say(room, 9, at=a_saying().at + AWAY)
    verify = found(room)["verify"]
    assert (verify.failed_searches, verify.flags) == (2, 2)
    assert verify.score == pytest.approx(0 + 2 / 4 + 2 / 2)


def test_the_list_is_for_trainers(room: Room) -> None:
    with pytest.raises(PermissionDenied):
        confusing_steps(room.engine, room.agent(), room.view, Period(date(2026, 6, 1), TODAY))
