"""What is done with a question: what is stored, who is told, what the audit says."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from kb.changes import ChangeOrigin
from kb.errors import DatabaseUnavailable, QueryInvalid, QuestionMovedOn, QuestionNotFound
from kb.people import Person, Role
from kb.people.accounts import Accounts
from kb.questions import QuestionKind, QuestionState
from kb.questions.questions import MAX_ANSWER_CHARS, MAX_REASON_CHARS, Questions, Renewal
from kb.settings import Settings
from kb.state import open_database
from kb.state.tables import change_sets
from tests.content_samples import sample_reference
from tests.kb.questions.floor import DUE, NOW, TICKET, Floor, a_promise

TOMORROW = NOW + timedelta(days=1)
PHONE = "13800138000"
REFERENCE = sample_reference()
TICKETS = Settings().ticket_pattern


@pytest.fixture
def agent(floor: Floor) -> Person:
    return floor.person("王芳", Role.AGENT, team="一组")


@pytest.fixture
def editor(floor: Floor) -> Person:
    return floor.person("林晓", Role.EDITOR)


@pytest.fixture
def lead(floor: Floor) -> Person:
    return floor.person("周主管", Role.SUPERVISOR, team="一组")


def test_who_promised_an_answer_sees_to_it(floor: Floor, agent: Person) -> None:
    asked = floor.promise(agent)

    stored = floor.read(asked.id)
    assert stored == asked
    assert (stored.kind, stored.state) == (QuestionKind.PROMISED, QuestionState.TAKEN)
    assert (stored.asked_by, stored.owner) == (agent.id, agent.id)
    assert (stored.ticket, stored.promised_at) == (TICKET, DUE)
    assert floor.events(asked.id) == [("asked", "火星探测器发射")]
    assert floor.audited() == [("question.asked", asked.id)]


def test_what_is_sent_twice_is_stored_once(floor: Floor, agent: Person) -> None:
    new = a_promise()
    with ThreadPoolExecutor(4) as pool:
        stored = list(pool.map(lambda _: floor.questions.ask(agent, new, REFERENCE), range(8)))

    assert len(set(stored)) == 1
    assert len(floor.events(new.id)) == 1
    assert len(floor.audited()) == 1


def test_what_changed_meanwhile_is_returned_as_it_stands(
    floor: Floor, agent: Person, editor: Person
) -> None:
    new = a_promise()
    floor.questions.ask(agent, new, REFERENCE)
    floor.questions.answer(new.id, editor, "可以")

    assert floor.questions.ask(agent, new, REFERENCE).state is QuestionState.ANSWERED


def test_an_id_of_somebody_else_is_refused(floor: Floor, agent: Person, editor: Person) -> None:
    asked = floor.promise(agent)
    with pytest.raises(QueryInvalid, match="编号"):
        floor.questions.ask(editor, a_promise(id=asked.id, text="别的"), REFERENCE)

    assert floor.read(asked.id) == asked


def test_one_of_two_takers_gets_it(floor: Floor, editor: Person, lead: Person) -> None:
    asked = floor.store()

    def take(by: Person) -> bool:
        try:
            floor.questions.take(asked.id, by)
        except QuestionMovedOn:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        took = dict(zip((editor, lead), pool.map(take, (editor, lead)), strict=True))

    assert list(took.values()).count(True) == 1
    stored = floor.read(asked.id)
    assert stored.state is QuestionState.TAKEN
    assert stored.owner == next(person.id for person, is_owner in took.items() if is_owner)


def test_an_owner_hands_over_for_a_reason(floor: Floor, agent: Person, lead: Person) -> None:
    other = floor.person("陈明", Role.AGENT)
    asked = floor.promise(agent)
    with pytest.raises(QueryInvalid, match="原因"):
        floor.questions.assign(asked.id, agent, other.id, " \n")
    assert floor.read(asked.id).owner == agent.id

    floor.questions.hand_up(asked.id, agent, "客户很急")
    floor.questions.assign(asked.id, lead, other.id, f"{PHONE} 要回电")

    stored = floor.read(asked.id)
    assert (stored.owner, stored.state) == (other.id, QuestionState.TAKEN)
    assert stored.handed_up_at is None
    assert floor.events(asked.id)[-1] == ("assigned", "交给陈明：〈手机号〉 要回电")
    assert floor.notified(other) == ["交给您处理：“火星探测器发射”"]


def test_a_question_that_nobody_has_is_assigned_without_a_reason(
    floor: Floor, editor: Person, lead: Person
) -> None:
    asked = floor.store()
    floor.questions.assign(asked.id, lead, editor.id, "")

    stored = floor.read(asked.id)
    assert (stored.owner, stored.state) == (editor.id, QuestionState.TAKEN)


@pytest.mark.parametrize("kind", [QuestionKind.WRONG, QuestionKind.PROMISED])
def test_only_who_can_see_to_it_gets_a_question(
    floor: Floor, agent: Person, lead: Person, kind: QuestionKind
) -> None:
    asked = floor.store(kind=kind)
    disabled = floor.person("离职", Role.EDITOR)
    floor.person("管理员", Role.ADMINISTRATOR)
    Accounts(floor.engine).disable(None, disabled.id)
    for nobody in ("0" * 32, "", disabled.id):
        with pytest.raises(QueryInvalid, match="选择"):
            floor.questions.assign(asked.id, lead, nobody, "请接手")

    if kind is QuestionKind.PROMISED:
        floor.questions.assign(asked.id, lead, agent.id, "")
        assert floor.read(asked.id).owner == agent.id
    else:
        with pytest.raises(QueryInvalid):
            floor.questions.assign(asked.id, lead, agent.id, "")


def test_the_asker_is_told_of_the_answer(floor: Floor, agent: Person, editor: Person) -> None:
    asked = floor.promise(agent)
    masked = floor.questions.answer(asked.id, editor, f"  可以。\r\n打 {PHONE}\x00 问\n")

    stored = floor.read(asked.id)
    assert (stored.state, stored.answer) == (QuestionState.ANSWERED, "可以。\n打 〈手机号〉 问")
    assert masked.lines == (2,)
    assert stored.owner == agent.id
    assert floor.notified(agent) == ["有答复：“火星探测器发射”"]
    assert floor.notified(editor) == []


def test_who_answers_what_nobody_has_owns_it(floor: Floor, editor: Person) -> None:
    asked = floor.store()
    floor.questions.answer(asked.id, editor, "可以")

    assert floor.read(asked.id).owner == editor.id


def test_a_draft_carries_the_question(floor: Floor, editor: Person) -> None:
    asked = floor.store(text="长" * 60)
    draft = floor.questions.draft(asked.id, editor)

    stored = floor.read(asked.id)
    assert (stored.state, stored.change_set_id) == (QuestionState.DRAFTED, draft)
    assert stored.owner == editor.id
    with floor.engine.begin() as connection:
        (row,) = connection.execute(change_sets.select())
    assert (row.origin, row.title) == (ChangeOrigin.QUESTION, f"答复：{'长' * 40}")
    assert (row.reason, row.created_by) == ("长" * 60, editor.id)


def test_no_draft_is_left_behind_where_none_may_be_made(
    floor: Floor, editor: Person, lead: Person
) -> None:
    asked = floor.store(state=QuestionState.CLOSED)
    with pytest.raises(QuestionMovedOn):
        floor.questions.draft(asked.id, editor)

    with floor.engine.begin() as connection:
        assert connection.execute(change_sets.select()).all() == []


def test_content_served_as_it_is_has_no_drafts(floor: Floor, editor: Person) -> None:
    asked = floor.store()
    questions = Questions(floor.engine, TICKETS, clock=floor.clock)
    assert not questions.can_draft
    with pytest.raises(QueryInvalid, match="草稿"):
        questions.draft(asked.id, editor)


def test_a_promise_is_renewed_with_the_three_records(floor: Floor, agent: Person) -> None:
    asked = floor.promise(agent)
    floor.questions.renew(asked.id, agent, Renewal(True, True, TOMORROW))

    assert floor.read(asked.id).promised_at == TOMORROW
    assert floor.events(asked.id)[-1] == (
        "renewed",
        "已致电说明；客户同意；新约定时间 2026-06-02 10:00",
    )


@pytest.mark.parametrize(
    "renewal",
    [
        Renewal(False, True, TOMORROW),
        Renewal(True, False, TOMORROW),
        Renewal(True, True, None),
        Renewal(True, True, NOW),
    ],
)
def test_a_promise_stays_unless_all_three_are_recorded(
    floor: Floor, agent: Person, renewal: Renewal
) -> None:
    asked = floor.promise(agent)
    with pytest.raises(QueryInvalid):
        floor.questions.renew(asked.id, agent, renewal)

    assert floor.read(asked.id) == asked


def test_handing_up_tells_every_supervisor_of_the_team(
    floor: Floor, agent: Person, lead: Person
) -> None:
    second = floor.person("副主管", Role.SUPERVISOR, Role.AGENT, team="一组")
    elsewhere = floor.person("别组主管", Role.SUPERVISOR, team="二组")
    asked = floor.promise(agent)
    floor.questions.hand_up(asked.id, agent, "答不了")

    assert floor.read(asked.id).handed_up_at == NOW
    told = ["转主管（王芳）：“火星探测器发射”"]
    assert [floor.notified(person) for person in (lead, second, elsewhere)] == [told, told, []]


@pytest.mark.parametrize("team", ["", "三组"])
def test_without_a_supervisor_in_the_team_all_are_told(
    floor: Floor, lead: Person, team: str
) -> None:
    alone = floor.person("独行", Role.AGENT, team=team)
    asked = floor.promise(alone)
    floor.questions.hand_up(asked.id, alone, "答不了")

    assert len(floor.notified(lead)) == 1


def test_a_question_is_closed_for_a_reason_and_opened_again(
    floor: Floor, agent: Person, editor: Person
) -> None:
    asked = floor.promise(agent)
    floor.questions.close(asked.id, agent, "已回复客户")
    closed = floor.read(asked.id)
    assert (closed.state, closed.closed_reason) == (QuestionState.CLOSED, "已回复客户")
    floor.questions.reopen(asked.id, editor, "客户又来问")

    opened = floor.read(asked.id)
    assert (opened.state, opened.closed_reason) == (QuestionState.TAKEN, "")
    assert floor.notified(agent) == ["重新打开：“火星探测器发射”"]


def test_what_nobody_has_is_open_again(floor: Floor, editor: Person) -> None:
    asked = floor.store()
    floor.questions.close(asked.id, editor, "不属业务")
    floor.questions.reopen(asked.id, editor, "弄错了")

    assert floor.read(asked.id).state is QuestionState.OPEN


@pytest.mark.parametrize("reason", ["", " ", "长" * (MAX_REASON_CHARS + 1)])
@pytest.mark.parametrize("name", ["close", "hand_up"])
def test_a_reason_is_needed(floor: Floor, agent: Person, name: str, reason: str) -> None:
    asked = floor.promise(agent)
    act: Callable[[str, Person, str], None] = getattr(floor.questions, name)
    with pytest.raises(QueryInvalid, match="原因"):
        act(asked.id, agent, reason)

    assert floor.read(asked.id) == asked


@pytest.mark.parametrize("text", ["", " \n", "长" * (MAX_ANSWER_CHARS + 1)])
def test_an_answer_has_words(floor: Floor, editor: Person, text: str) -> None:
    asked = floor.store()
    with pytest.raises(QueryInvalid, match="答复"):
        floor.questions.answer(asked.id, editor, text)


def test_an_unknown_question_is_not_found(floor: Floor, editor: Person) -> None:
    with pytest.raises(QuestionNotFound):
        floor.questions.take("0" * 32, editor)


def test_a_database_that_refuses_is_said(tmp_path: Path, floor: Floor, agent: Person) -> None:
    empty = Questions(open_database(Settings(data_dir=tmp_path / "empty")), TICKETS)
    with pytest.raises(DatabaseUnavailable):
        empty.ask(agent, a_promise(), REFERENCE)
