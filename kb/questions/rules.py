"""Who may do what with a question, and when: the state machine in one table."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import Enum

from kb.errors import PermissionDenied, QuestionMovedOn, QuestionNotFound
from kb.people import Permission, Person
from kb.questions.question import OpenQuestion, QuestionKind, QuestionState

_UNANSWERED = frozenset({QuestionState.OPEN, QuestionState.TAKEN, QuestionState.DRAFTED})
_UNCLOSED = _UNANSWERED | {QuestionState.ANSWERED}
_ENDED = frozenset({QuestionState.ANSWERED, QuestionState.CLOSED})


class Action(Enum):
    """What somebody does with a question; the value is the last part of the page's address."""

    TAKE = "take"
    ASSIGN = "assign"
    ANSWER = "answer"
    DRAFT = "draft"
    RENEW = "renew"
    HAND_UP = "hand-up"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class _Rule:
    """When an action is possible, and who may take it."""

    states: Set[QuestionState]
    permission: Permission
    owner_may: bool = False
    """Also who sees to the question, without the permission."""
    asker_may: bool = False


_WORK = Permission.ANSWER_QUESTIONS
_LEAD = Permission.SUPERVISE
_RULES: dict[Action, _Rule] = {
    Action.TAKE: _Rule({QuestionState.OPEN}, _WORK),
    Action.ASSIGN: _Rule(_UNANSWERED, _LEAD, owner_may=True),
    Action.ANSWER: _Rule(_UNANSWERED, _WORK),
    Action.DRAFT: _Rule({QuestionState.OPEN, QuestionState.TAKEN}, Permission.EDIT),
    Action.CLOSE: _Rule(_UNCLOSED, _WORK),
    Action.REOPEN: _Rule(_ENDED, _WORK, owner_may=True, asker_may=True),
}
# Where a caller waits, the owner answers for the promise: until they were called, and nobody else
# ends it but who leads the team.
_PROMISE_RULES: dict[Action, _Rule] = _RULES | {
    Action.ASSIGN: _Rule(_UNCLOSED, _LEAD, owner_may=True),
    Action.RENEW: _Rule(_UNCLOSED, _LEAD, owner_may=True),
    Action.HAND_UP: _Rule(_UNCLOSED, _WORK, owner_may=True),
    Action.CLOSE: _Rule(_UNCLOSED, _LEAD, owner_may=True),
}


def may_see(question: OpenQuestion, person: Person) -> bool:
    """Return whether somebody may read a question: who works on the queue, who asked, who owns."""
    return person.may(_WORK) or question.concerns(person.id)


def possible_actions(question: OpenQuestion, person: Person) -> list[Action]:
    """Return what somebody may do with a question now, in the order of `Action`."""
    rules = _rules(question)
    return [
        action
        for action in Action
        if (rule := rules.get(action))
        and question.state in rule.states
        and _is_permitted(rule, question, person)
    ]


def check_action(action: Action, question: OpenQuestion, person: Person) -> None:
    """Refuse what somebody may not do with a question, or not any more.

    Raises QuestionNotFound, PermissionDenied, QuestionMovedOn.
    """
    if not may_see(question, person):
        raise QuestionNotFound
    rule = _rules(question).get(action)
    if rule and not _is_permitted(rule, question, person):
        raise PermissionDenied("您不能这样处理这个问题。")
    if rule is None or question.state not in rule.states:
        raise QuestionMovedOn(question.state)


def _rules(question: OpenQuestion) -> dict[Action, _Rule]:
    return _PROMISE_RULES if question.kind is QuestionKind.PROMISED else _RULES


def _is_permitted(rule: _Rule, question: OpenQuestion, person: Person) -> bool:
    return (
        person.may(rule.permission)
        or (rule.owner_may and person.id == question.owner)
        or (rule.asker_may and person.id == question.asked_by)
    )
