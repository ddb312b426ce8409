"""What happens by itself: reminders, each once, and drafts that end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from kb.changes import ChangeState
from kb.people import Person, Role
from kb.questions import QuestionKind, QuestionState
from kb.questions.questions import Renewal
from kb.questions.upkeep import remind, settle_drafts
from tests.content_samples import sample_reference
from tests.kb.questions.floor import DUE, NOW, Floor

REFERENCE = sample_reference()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def agent(floor: Floor) -> Person:
    return floor.person("王芳", Role.AGENT, team="一组")


@pytest.fixture
def lead(floor: Floor) -> Person:
    return floor.person("周主管", Role.SUPERVISOR, team="一组")


@pytest.fixture
def editor(floor: Floor) -> Person:
    return floor.person("林晓", Role.EDITOR)


def test_a_promise_is_reminded_of_an_hour_of_work_before_and_when_it_has_ended(
    floor: Floor, agent: Person, lead: Person
) -> None:
    asked = floor.promise(agent)
    before = DUE - timedelta(hours=1)
    moments = [NOW, before - MINUTE, before, before + MINUTE, DUE - MINUTE, DUE, DUE + MINUTE]

    assert [remind(floor.engine, now, REFERENCE) for now in moments] == [0, 0, 1, 0, 0, 1, 0]
    assert floor.notified(agent) == ["待答快到期：“火星探测器发射”", "待答已逾期：“火星探测器发射”"]
    assert floor.notified(lead) == ["待答已逾期：“火星探测器发射”"]
    assert floor.events(asked.id)[1:] == [("reminded", "快到期"), ("reminded", "已逾期")]
    assert floor.read(asked.id) == asked


def test_a_promise_that_is_noticed_late_is_only_overdue(floor: Floor, agent: Person) -> None:
    asked = floor.promise(agent)
    remind(floor.engine, DUE + MINUTE, REFERENCE)

    assert floor.events(asked.id)[1:] == [("reminded", "已逾期")]


def test_a_renewed_promise_is_reminded_of_anew(floor: Floor, agent: Person) -> None:
    asked = floor.promise(agent)
    remind(floor.engine, DUE, REFERENCE)
    floor.now = DUE
    floor.questions.renew(asked.id, agent, Renewal(True, True, DUE + timedelta(days=1)))

    assert remind(floor.engine, DUE + MINUTE, REFERENCE) == 0
    assert remind(floor.engine, DUE + timedelta(days=1), REFERENCE) == 1


@pytest.mark.parametrize(
    ("state", "is_reminded"),
    [(QuestionState.DRAFTED, 1), (QuestionState.ANSWERED, 1), (QuestionState.CLOSED, 0)],
)
def test_the_caller_waits_until_they_were_called(
    floor: Floor, agent: Person, state: QuestionState, is_reminded: int
) -> None:
    floor.store(
        kind=QuestionKind.PROMISED, state=state, asked_by=agent.id, owner=agent.id, promised_at=NOW
    )

    assert remind(floor.engine, NOW, REFERENCE) == is_reminded


def drafted(floor: Floor, editor: Person, procedure_id: str = "") -> tuple[str, str]:
    """Return a question that became a draft, and the draft's id."""
    asked = floor.store(procedure_id=procedure_id)
    return asked.id, floor.questions.draft(asked.id, editor)


@pytest.mark.parametrize(
    ("about", "paths", "leads_to"),
    [
        ("", ["procedures/保全/points@2026-07-01.md", "calendar.yaml"], "points"),
        ("lapse", ["procedures/保全/a.md", "procedures/续期/lapse.md"], "lapse"),
        ("lapse", ["procedures/保全/a.md"], "a"),
        ("lapse", ["lexicon/synonyms.yaml"], "lapse"),
    ],
)
def test_a_published_draft_answers_with_the_procedure(
    floor: Floor, editor: Person, about: str, paths: Iterable[str], leads_to: str
) -> None:
    asked, draft = drafted(floor, editor, about)
    floor.settle(draft, ChangeState.PUBLISHED, paths)

    assert [settle_drafts(floor.engine, NOW) for _ in range(2)] == [1, 0]
    question = floor.read(asked)
    assert (question.state, question.procedure_id) == (QuestionState.ANSWERED, leads_to)
    assert question.answer == "已发布：答复：火星探测器发射"
    assert floor.notified(editor) == ["有答复：“火星探测器发射”"]
    assert floor.audited()[-1] == ("question.answered", asked)


def test_a_withdrawn_draft_gives_the_question_back(floor: Floor, editor: Person) -> None:
    asked, draft = drafted(floor, editor)
    floor.settle(draft, ChangeState.WITHDRAWN)
    settle_drafts(floor.engine, NOW)

    question = floor.read(asked)
    assert (question.state, question.change_set_id) == (QuestionState.TAKEN, None)
    assert floor.events(asked)[-1] == ("draft-lost", "")
    assert floor.notified(editor) == ["草稿已撤回，问题还没有答复：“火星探测器发射”"]


@pytest.mark.parametrize("state", [ChangeState.DRAFT, ChangeState.IN_REVIEW, ChangeState.APPROVED])
def test_a_draft_on_its_way_changes_nothing(
    floor: Floor, editor: Person, state: ChangeState
) -> None:
    asked, draft = drafted(floor, editor)
    floor.settle(draft, state)

    assert settle_drafts(floor.engine, NOW) == 0
    assert floor.read(asked).state is QuestionState.DRAFTED


def test_an_answer_that_was_given_meanwhile_stays(floor: Floor, editor: Person) -> None:
    asked, draft = drafted(floor, editor)
    floor.questions.answer(asked, editor, "可以")
    floor.settle(draft, ChangeState.PUBLISHED)

    assert settle_drafts(floor.engine, NOW) == 0
    assert floor.read(asked).answer == "可以"
