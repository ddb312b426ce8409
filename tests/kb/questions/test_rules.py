"""Who may do what with a question: kind × state × action × role, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from kb.errors import PermissionDenied, QuestionMovedOn, QuestionNotFound
from kb.people import Person, Role
from kb.questions import Action, OpenQuestion, QuestionKind, QuestionState, possible_actions
from kb.questions.questions import Renewal
from kb.questions.rules import check_action
from tests.kb.questions.floor import DUE, Floor, a_question

# Letters in the order of `Action`: Take, aSsign, Answer, Draft, Renew, Hand up, Close, reOpen.
LETTERS = dict(zip("TSADRHCO", Action, strict=True))
NOBODYS = {
    # Role: what it may do in each of the states, in the order of `QuestionState`.
    Role.AGENT: ("", "", "", "", ""),
    Role.EDITOR: ("TADC", "ADC", "AC", "CO", "O"),
    Role.REVIEWER: ("", "", "", "", ""),
    Role.COMPLIANCE: ("", "", "", "", ""),
    Role.TRAINER: ("", "", "", "", ""),
    Role.SUPERVISOR: ("TSAC", "SAC", "SAC", "CO", "O"),
    Role.ADMINISTRATOR: ("", "", "", "", ""),
}
PROMISES = {
    Role.AGENT: ("", "", "", "", ""),
    Role.EDITOR: ("TADH", "ADH", "AH", "HO", "O"),
    Role.REVIEWER: ("", "", "", "", ""),
    Role.COMPLIANCE: ("", "", "", "", ""),
    Role.TRAINER: ("", "", "", "", ""),
    Role.SUPERVISOR: ("TSARHC", "SARHC", "SARHC", "SRHCO", "O"),
    Role.ADMINISTRATOR: ("", "", "", "", ""),
}
OWN = {
    # What an agent may do with what they see to, and with what they only asked.
    (QuestionKind.WRONG, "owner"): ("S", "S", "S", "O", "O"),
    (QuestionKind.WRONG, "asker"): ("", "", "", "O", "O"),
    (QuestionKind.PROMISED, "owner"): ("SRHC", "SRHC", "SRHC", "SRHCO", "O"),
    (QuestionKind.PROMISED, "asker"): ("", "", "", "O", "O"),
}


def someone(role: Role) -> Person:
    return Person("1" * 32, "login", "某人", "", frozenset({role}))


def question(kind: QuestionKind, state: QuestionState, **changes: str) -> OpenQuestion:
    return replace(a_question(kind), state=state, **changes)


def assert_permitted(item: OpenQuestion, person: Person, letters: str) -> None:
    """Only the actions of `letters` are offered, and each of the others is refused."""
    permitted = {LETTERS[letter] for letter in letters}
    assert set(possible_actions(item, person)) == permitted
    for action in Action:
        if action in permitted:
            check_action(action, item, person)
        else:
            with pytest.raises((PermissionDenied, QuestionMovedOn, QuestionNotFound)):
                check_action(action, item, person)


@pytest.mark.parametrize(("kind", "role"), list(product(QuestionKind, Role)))
@pytest.mark.parametrize("state", QuestionState)
def test_a_role_may_do_what_the_table_says(
    kind: QuestionKind, role: Role, state: QuestionState
) -> None:
    table = PROMISES if kind is QuestionKind.PROMISED else NOBODYS
    letters = table[role][list(QuestionState).index(state)]

    assert_permitted(question(kind, state), someone(role), letters)


@pytest.mark.parametrize(("kind", "relation"), OWN)
@pytest.mark.parametrize("state", QuestionState)
def test_whose_question_it_is_may_do_more(
    kind: QuestionKind, relation: str, state: QuestionState
) -> None:
    agent = someone(Role.AGENT)
    column = "owner" if relation == "owner" else "asked_by"
    letters = OWN[kind, relation][list(QuestionState).index(state)]

    assert_permitted(question(kind, state, **{column: agent.id}), agent, letters)


def test_the_reason_of_a_refusal_is_told_apart() -> None:
    taken = question(QuestionKind.WRONG, QuestionState.TAKEN)
    with pytest.raises(QuestionNotFound):
        check_action(Action.ANSWER, taken, someone(Role.AGENT))
    with pytest.raises(PermissionDenied):
        check_action(Action.ASSIGN, taken, someone(Role.EDITOR))
    with pytest.raises(QuestionMovedOn, match="处理中"):
        check_action(Action.TAKE, taken, someone(Role.EDITOR))
    # Nobody waits on the phone for what was searched.
    with pytest.raises(QuestionMovedOn):
        check_action(Action.RENEW, taken, someone(Role.SUPERVISOR))


DOING: dict[Action, Callable[[Floor, str, Person], object]] = {
    Action.TAKE: lambda floor, id_, by: floor.questions.take(id_, by),
    Action.ASSIGN: lambda floor, id_, by: floor.questions.assign(id_, by, by.id, "我来"),
    Action.ANSWER: lambda floor, id_, by: floor.questions.answer(id_, by, "可以"),
    Action.DRAFT: lambda floor, id_, by: floor.questions.draft(id_, by),
    Action.RENEW: lambda floor, id_, by: floor.questions.renew(id_, by, Renewal(True, True, DUE)),
    Action.HAND_UP: lambda floor, id_, by: floor.questions.hand_up(id_, by, "请支援"),
    Action.CLOSE: lambda floor, id_, by: floor.questions.close(id_, by, "不属实"),
    Action.REOPEN: lambda floor, id_, by: floor.questions.reopen(id_, by, "没说清"),
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", QuestionState)
def test_what_is_done_follows_the_table_and_a_refusal_changes_nothing(
    floor: Floor, action: Action, state: QuestionState
) -> None:
    roles = (Role.EDITOR, Role.SUPERVISOR)
    people = {role: floor.person(role, role) for role in roles}
    for kind, role in product((QuestionKind.WRONG, QuestionKind.PROMISED), roles):
        item = floor.store(kind=kind, state=state, id=a_question().id)
        try:
            check_action(action, item, people[role])
        except (PermissionDenied, QuestionMovedOn) as refusal:
            with pytest.raises(type(refusal)):
                DOING[action](floor, item.id, people[role])
            assert floor.read(item.id) == item
            assert floor.events(item.id) == []
        else:
            DOING[action](floor, item.id, people[role])
            assert len(floor.events(item.id)) == 1
            assert floor.audited()[-1][1] == item.id
