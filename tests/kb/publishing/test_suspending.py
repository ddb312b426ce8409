"""One person suspends at once; two are needed to lift it."""

from __future__ import annotations

import pytest

from kb.answer import WHOLE
from kb.errors import EditConflict, PermissionDenied, QueryInvalid, SuspensionNotFound
from kb.people import Permission, Person, Role, permissions_of
from kb.publishing.suspending import Suspensions
from kb.publishing.suspension import Suspension, as_parts
from tests.kb.changes.floor import add_person
from tests.kb.publishing.newsroom import Newsroom

ID = "contact-change"


@pytest.fixture
def suspensions(fresh: Newsroom) -> Suspensions:
    return Suspensions(fresh.engine)


def suspend(fresh: Newsroom, suspensions: Suspensions, address: str = "") -> Suspension:
    return suspensions.suspend(fresh.floor.reviewer, ID, address, "金额写错")


@pytest.mark.parametrize("role", list(Role))
def test_who_has_the_role_suspends_alone(
    fresh: Newsroom, suspensions: Suspensions, role: Role
) -> None:
    person = add_person(fresh.engine, "someone", role)
    may = Permission.SUSPEND in permissions_of(role)
    if may:
        suspensions.suspend(person, ID, "", "金额写错")
    else:
        with pytest.raises(PermissionDenied):
            suspensions.suspend(person, ID, "", "金额写错")

    assert bool(suspensions.active()) is may


def test_it_is_audited_and_told(fresh: Newsroom, suspensions: Suspensions) -> None:
    made = suspend(fresh, suspensions, "verify")

    assert suspensions.active() == [made]
    assert made.subject == "contact-change#verify"
    assert fresh.actions()[-1] == "suspension.started"
    assert fresh.told(fresh.floor.editor) == ["contact-change#verify 暂停使用：金额写错"]
    parts = as_parts(suspensions.active())
    assert parts[ID]["verify"].reason == "金额写错"
    assert WHOLE not in parts[ID]


def test_identifiers_in_the_reason_are_masked(fresh: Newsroom, suspensions: Suspensions) -> None:
    made = suspensions.suspend(fresh.floor.reviewer, ID, "", "客户13812345678投诉")

    assert "13812345678" not in made.reason
    assert suspensions.active() == [made]


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_reason_is_needed(fresh: Newsroom, suspensions: Suspensions, reason: str) -> None:
    with pytest.raises(QueryInvalid):
        suspensions.suspend(fresh.floor.reviewer, ID, "", reason)

    assert suspensions.active() == []


def test_the_same_is_suspended_once(fresh: Newsroom, suspensions: Suspensions) -> None:
    suspend(fresh, suspensions)
    with pytest.raises(EditConflict):
        suspensions.suspend(fresh.floor.compliance, ID, "", "又一次")
    suspend(fresh, suspensions, "verify")

    assert len(suspensions.active()) == 2


def test_two_persons_lift_it(fresh: Newsroom, suspensions: Suspensions) -> None:
    made = suspend(fresh, suspensions)
    suspensions.ask_lift(fresh.floor.reviewer, made.id)
    assert len(suspensions.active()) == 1
    assert fresh.told(fresh.floor.compliance)[-1] == "contact-change 申请恢复使用，等另一个人确认"
    suspensions.lift(fresh.floor.compliance, made.id)

    assert suspensions.active() == []
    assert fresh.actions()[-2:] == ["suspension.lift-asked", "suspension.lifted"]
    (ended,) = suspensions.of(ID)
    assert (ended.lift_asked_by, ended.lifted_by) == (
        fresh.floor.reviewer.id,
        fresh.floor.compliance.id,
    )


def test_nobody_lifts_it_alone(fresh: Newsroom, suspensions: Suspensions) -> None:
    made, chief = suspend(fresh, suspensions), fresh.floor.chief
    with pytest.raises(EditConflict, match="两个人"):
        suspensions.lift(chief, made.id)
    suspensions.ask_lift(chief, made.id)
    with pytest.raises(PermissionDenied, match="两个人"):
        suspensions.lift(chief, made.id)
    with pytest.raises(EditConflict):
        suspensions.ask_lift(fresh.floor.compliance, made.id)

    assert len(suspensions.active()) == 1


@pytest.mark.parametrize("step", ["ask_lift", "lift"])
def test_who_may_not_suspend_may_not_lift(
    fresh: Newsroom, suspensions: Suspensions, step: str
) -> None:
    made = suspend(fresh, suspensions)
    editor: Person = fresh.floor.editor
    with pytest.raises(PermissionDenied):
        getattr(suspensions, step)(editor, made.id)


def test_what_was_lifted_is_gone(fresh: Newsroom, suspensions: Suspensions) -> None:
    made = suspend(fresh, suspensions)
    suspensions.ask_lift(fresh.floor.reviewer, made.id)
    suspensions.lift(fresh.floor.compliance, made.id)
    for id_ in (made.id, "0" * 32):
        with pytest.raises(SuspensionNotFound):
            suspensions.lift(fresh.floor.chief, id_)
    again = suspend(fresh, suspensions)
    assert suspensions.active() == [again]
