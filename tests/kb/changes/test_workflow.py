"""The way of a change set: every action in every state, and what each leaves behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, update

from kb.audit import read_trail
from kb.changes import (
    Action,
    ChangeDetails,
    ChangeSet,
    ChangeSets,
    ChangeState,
    CheckedChange,
    Verdict,
    is_possible,
    mark_published,
)
from kb.changes.impact import Impact, TouchedQuery
from kb.content import Fault
from kb.errors import ChangeInvalid, EditConflict, PermissionDenied
from kb.notifications import list_notifications
from kb.people import Person, Role
from kb.state.tables import change_sets
from tests.content_samples import SAMPLE_PATH
from tests.kb.changes.floor import (
    NEW_SAYING,
    Floor,
    a_draft,
    a_floor,
    add_person,
    approve,
    passed,
    submitted,
)

DRAFT, IN_REVIEW, APPROVED, PUBLISHED, WITHDRAWN = ChangeState

LEADS_TO: dict[tuple[ChangeState, Action], ChangeState] = {
    (DRAFT, Action.EDIT): DRAFT,
    (DRAFT, Action.SUBMIT): IN_REVIEW,
    (DRAFT, Action.WITHDRAW): WITHDRAWN,
    (IN_REVIEW, Action.EDIT): DRAFT,
    (IN_REVIEW, Action.APPROVE): APPROVED,
    (IN_REVIEW, Action.REQUEST_CHANGES): DRAFT,
    (IN_REVIEW, Action.TAKE_BACK_APPROVAL): IN_REVIEW,
    (IN_REVIEW, Action.WITHDRAW): WITHDRAWN,
    (APPROVED, Action.EDIT): DRAFT,
    (APPROVED, Action.REQUEST_CHANGES): DRAFT,
    (APPROVED, Action.TAKE_BACK_APPROVAL): IN_REVIEW,
    (APPROVED, Action.WITHDRAW): WITHDRAWN,
    (APPROVED, Action.PUBLISH): PUBLISHED,
    (WITHDRAWN, Action.REOPEN): DRAFT,
}


@pytest.fixture
def floor(engine: Engine) -> Floor:
    return a_floor(engine)


def publish(engine: Engine, change: ChangeSet) -> None:
    with engine.begin() as connection:
        mark_published(connection, change.id, None)


def told(engine: Engine, person: Person) -> list[str]:
    with engine.begin() as connection:
        return [item.text for item in list_notifications(connection, person.id)]


def brought_to(state: ChangeState, changes: ChangeSets, floor: Floor, engine: Engine) -> ChangeSet:
    """Return a change set in `state` that the reviewer approved as far as possible."""
    if state is DRAFT:
        return a_draft(changes, floor.editor)
    if state is WITHDRAWN:
        return changes.withdraw(a_draft(changes, floor.editor).id, floor.editor)
    if state is IN_REVIEW:
        # A changed 必说: the approval of 合规 is still missing.
        change = submitted(changes, floor.editor, NEW_SAYING)
        return approve(changes, change, floor.reviewer, Role.REVIEWER)
    change = approve(changes, submitted(changes, floor.editor), floor.reviewer, Role.REVIEWER)
    if state is PUBLISHED:
        publish(engine, change)
    return changes.get(change.id)


def doing(
    action: Action, changes: ChangeSets, floor: Floor, engine: Engine, change: ChangeSet
) -> None:
    """Do the action as somebody who may."""
    editor, reviewer, compliance = floor.editor, floor.reviewer, floor.compliance
    requested = Verdict.CHANGES_REQUESTED
    actions: dict[Action, Callable[[], object]] = {
        Action.EDIT: lambda: changes.describe(change.id, ChangeDetails("x"), editor),
        Action.SUBMIT: lambda: changes.submit(change.id, editor, passed(change)),
        Action.APPROVE: lambda: approve(changes, change, compliance, Role.COMPLIANCE),
        Action.REQUEST_CHANGES: lambda: changes.review(
            change.id, reviewer, Role.REVIEWER, requested, change.digest, "改一下"
        ),
        Action.TAKE_BACK_APPROVAL: lambda: changes.take_back_approval(change.id, reviewer),
        Action.WITHDRAW: lambda: changes.withdraw(change.id, editor),
        Action.REOPEN: lambda: changes.reopen(change.id, editor),
        Action.PUBLISH: lambda: publish(engine, change),
    }
    actions[action]()


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", ChangeState)
def test_an_action_leads_where_it_should_or_changes_nothing(
    changes: ChangeSets, floor: Floor, engine: Engine, state: ChangeState, action: Action
) -> None:
    change = brought_to(state, changes, floor, engine)
    assert change.state is state
    audited = len(list(read_trail(engine)))

    expected = LEADS_TO.get((state, action))
    assert is_possible(action, state) == (expected is not None)
    if expected is None:
        with pytest.raises(EditConflict, match=state):
            doing(action, changes, floor, engine, change)
        assert changes.get(change.id) == change
        assert len(list(read_trail(engine))) == audited
    else:
        doing(action, changes, floor, engine, change)
        assert changes.get(change.id).state is expected
        assert len(list(read_trail(engine))) == audited + 1


@pytest.mark.parametrize(
    "action", [Action.EDIT, Action.REQUEST_CHANGES, Action.TAKE_BACK_APPROVAL, Action.WITHDRAW]
)
@pytest.mark.parametrize("state", [IN_REVIEW, APPROVED])
def test_what_leads_back_voids_the_approvals(
    changes: ChangeSets, floor: Floor, engine: Engine, state: ChangeState, action: Action
) -> None:
    change = brought_to(state, changes, floor, engine)
    doing(action, changes, floor, engine, change)

    verdicts = [review.verdict for review in changes.reviews(change.id)]
    assert verdicts[0] is Verdict.VOID
    assert Verdict.APPROVED not in verdicts


def test_submission_freezes_the_bytes_the_commit_and_the_impact(
    changes: ChangeSets, floor: Floor
) -> None:
    change = a_draft(changes, floor.editor)
    impact = Impact(queries=(TouchedQuery("换号", ("a", "b"), ("b",)),), queries_compared=7)
    check = CheckedChange(passed(change).digest, "f" * 40, (), impact, False)
    assert changes.impact(change.id) is None
    change = changes.submit(change.id, floor.editor, check)

    assert (change.digest, change.base_commit) == (check.digest, "f" * 40)
    assert change.submitted_by == floor.editor.id
    assert change.submitted_at is not None
    assert changes.impact(change.id) == impact


def test_what_was_edited_after_the_check_is_not_submitted(
    changes: ChangeSets, floor: Floor
) -> None:
    change = a_draft(changes, floor.editor)
    check = passed(change)
    changes.save_file(change.id, SAMPLE_PATH, NEW_SAYING, 1, None, floor.second_editor)

    with pytest.raises(EditConflict, match="检查以后"):
        changes.submit(change.id, floor.editor, check)
    assert changes.get(change.id).state is DRAFT


def test_a_change_set_without_files_is_not_submitted(changes: ChangeSets, floor: Floor) -> None:
    change = changes.create(floor.editor, "空的")
    with pytest.raises(ChangeInvalid, match="还没有改"):
        changes.submit(change.id, floor.editor, passed(change))


@pytest.mark.parametrize(("severity", "stops"), [("error", True), ("warning", False)])
def test_errors_keep_a_change_set_from_being_submitted_and_warnings_do_not(
    changes: ChangeSets, floor: Floor, severity: str, stops: bool
) -> None:
    change = a_draft(changes, floor.editor)
    fault = Fault(SAMPLE_PATH, 1, 1, "x", severity, "", "")  # type: ignore[arg-type]
    check = CheckedChange(passed(change).digest, "c", (fault,), Impact(), False)
    if stops:
        with pytest.raises(ChangeInvalid, match="1 个错误"):
            changes.submit(change.id, floor.editor, check)
    else:
        assert changes.submit(change.id, floor.editor, check).state is IN_REVIEW


def test_changes_are_requested_with_words_by_somebody_who_reviews(
    changes: ChangeSets, floor: Floor
) -> None:
    change = submitted(changes, floor.editor)

    def request(by: Person, text: str) -> None:
        verdict = Verdict.CHANGES_REQUESTED
        changes.review(change.id, by, Role.REVIEWER, verdict, change.digest, text)

    with pytest.raises(PermissionDenied):
        request(floor.second_editor, "改")
    with pytest.raises(ChangeInvalid):
        request(floor.reviewer, "  ")
    request(floor.reviewer, "电话 13812345678 删去")
    (review,) = changes.reviews(change.id)
    assert (review.verdict, review.text) == (Verdict.CHANGES_REQUESTED, "电话 〈手机号〉 删去")
    assert (review.name, review.login) == ("REVIEWER", "reviewer")


def test_only_who_approved_can_take_the_approval_back(changes: ChangeSets, floor: Floor) -> None:
    change = approve(
        changes, submitted(changes, floor.editor, NEW_SAYING), floor.reviewer, Role.REVIEWER
    )
    with pytest.raises(EditConflict, match="没有您的批准"):
        changes.take_back_approval(change.id, floor.compliance)
    assert changes.approval(change).approvers != ()


def test_reviewers_are_told_of_a_submission_and_its_editors_are_not(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    gone = add_person(engine, "gone", Role.REVIEWER, is_enabled=False)
    change = a_draft(changes, floor.chief)
    changes.describe(change.id, ChangeDetails("改号码", is_urgent=True), floor.chief)
    changes.submit(change.id, floor.editor, passed(change))

    assert told(engine, floor.reviewer) == ["紧急更正“改号码”等待审核"]
    for other in (floor.compliance, floor.chief, floor.editor, gone):
        assert told(engine, other) == []


def test_compliance_is_told_when_it_is_needed(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    submitted(changes, floor.editor, NEW_SAYING)

    assert told(engine, floor.compliance) == ["改动“改号码”等待合规"]
    assert told(engine, floor.chief) == ["改动“改号码”等待合规", "改动“改号码”等待审核"]


def test_editors_are_told_what_became_of_their_change(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = approve(changes, submitted(changes, floor.editor), floor.reviewer, Role.REVIEWER)
    changes.take_back_approval(change.id, floor.reviewer)
    verdict = Verdict.CHANGES_REQUESTED
    changes.review(change.id, floor.reviewer, Role.REVIEWER, verdict, change.digest, "改一下")

    assert set(told(engine, floor.editor)) == {
        "“改号码”已批准",
        "“改号码”的批准被收回",
        "“改号码”要修改",
    }


def test_a_verdict_counts_for_the_bytes_that_were_read(changes: ChangeSets, floor: Floor) -> None:
    read = submitted(changes, floor.editor)
    changes.save_file(read.id, SAMPLE_PATH, NEW_SAYING, 1, None, floor.editor)
    now = changes.get(read.id)
    changes.submit(read.id, floor.editor, passed(now))

    with pytest.raises(EditConflict, match="您打开以后"):
        approve(changes, read, floor.reviewer, Role.REVIEWER)


def test_a_digest_that_is_not_that_of_the_bytes_approves_nothing(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = submitted(changes, floor.editor)
    with engine.begin() as connection:
        connection.execute(update(change_sets).values(digest="0" * 64))

    with pytest.raises(EditConflict):
        approve(changes, changes.get(change.id), floor.reviewer, Role.REVIEWER)
