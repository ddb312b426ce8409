"""Four eyes: nobody approves what they wrote, and nothing but what was read is approved."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, update

from kb.changes import (
    ApprovedChange,
    ChangeSets,
    ChangeState,
    Verdict,
    approved_change,
    files_digest,
)
from kb.errors import KbError, NotApproved, PermissionDenied
from kb.people import Person, Role
from kb.state.tables import change_files, change_reviews, change_sets
from tests.content_samples import SAMPLE_PATH
from tests.kb.changes.floor import (
    NEW_SAYING,
    NEW_SUMMARY,
    Floor,
    a_draft,
    a_floor,
    add_person,
    approve,
    passed,
    submitted,
)


@pytest.fixture
def floor(engine: Engine) -> Floor:
    return a_floor(engine)


def approved(engine: Engine, change_set_id: str) -> ApprovedChange:
    with engine.begin() as connection:
        return approved_change(connection, change_set_id)


def refusals(engine: Engine, change_set_id: str) -> tuple[str, ...]:
    with pytest.raises(NotApproved) as raised:
        approved(engine, change_set_id)
    return raised.value.reasons


def test_one_reviewer_approves_words_that_compliance_need_not_see(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = approve(changes, submitted(changes, floor.editor), floor.reviewer, Role.REVIEWER)

    found = approved(engine, change.id)
    assert change.state is ChangeState.APPROVED
    assert found.files == {SAMPLE_PATH: NEW_SUMMARY.encode()}
    assert found.editors == ("EDITOR（editor）",)
    assert [(item.login, item.as_role) for item in found.approvers] == [("reviewer", "审核")]


def test_a_changed_duty_to_say_needs_both_roles(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = submitted(changes, floor.editor, NEW_SAYING)
    change = approve(changes, change, floor.reviewer, Role.REVIEWER)
    assert change.state is ChangeState.IN_REVIEW
    assert changes.approval(change).needed == (Role.REVIEWER, Role.COMPLIANCE)
    assert refusals(engine, change.id) == ("这次改动现在是“审核中”", "还缺“合规”的批准")

    change = approve(changes, change, floor.compliance, Role.COMPLIANCE)
    assert change.state is ChangeState.APPROVED
    assert len(approved(engine, change.id).approvers) == 2


def test_compliance_alone_does_not_do(changes: ChangeSets, floor: Floor, engine: Engine) -> None:
    change = submitted(changes, floor.editor)
    change = approve(changes, change, floor.compliance, Role.COMPLIANCE)

    assert refusals(engine, change.id) == ("这次改动现在是“审核中”", "还缺“审核”的批准")


def test_one_person_with_both_roles_approves_once(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = submitted(changes, floor.editor, NEW_SAYING)
    approve(changes, change, floor.chief, Role.REVIEWER)

    with pytest.raises(PermissionDenied, match="别人"):
        approve(changes, change, floor.chief, Role.COMPLIANCE)


def test_two_approvals_of_one_person_that_reached_the_table_do_not_do(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = submitted(changes, floor.editor, NEW_SAYING)
    approve(changes, change, floor.chief, Role.REVIEWER)
    approve(changes, change, floor.compliance, Role.COMPLIANCE)
    with engine.begin() as connection:
        connection.execute(update(change_reviews).values(account_id=floor.chief.id))

    assert refusals(engine, change.id) == ("“审核”和“合规”要由两个人批准",)


@pytest.mark.parametrize("role", ["edited", "submitted"])
def test_an_approval_of_the_author_that_reached_the_table_does_not_count(
    changes: ChangeSets, floor: Floor, engine: Engine, role: str
) -> None:
    change = a_draft(changes, floor.editor)
    change = changes.submit(change.id, floor.second_editor, passed(change))
    approve(changes, change, floor.reviewer, Role.REVIEWER)
    author = floor.editor if role == "edited" else floor.second_editor
    with engine.begin() as connection:
        connection.execute(update(change_reviews).values(account_id=author.id))

    assert refusals(engine, change.id) == ("还缺“审核”的批准",)


def test_nobody_approves_what_they_edited(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.chief)
    changes.save_file(change.id, SAMPLE_PATH, NEW_SAYING, 1, None, floor.editor)
    change = changes.submit(change.id, floor.editor, passed(changes.get(change.id)))

    reasons = changes.reasons_against(change, floor.chief, Role.REVIEWER)
    assert reasons == ["您编辑过这次改动"]
    with pytest.raises(PermissionDenied, match="您编辑过这次改动"):
        approve(changes, change, floor.chief, Role.REVIEWER)


def test_nobody_approves_what_they_submitted(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)
    change = changes.submit(change.id, floor.chief, passed(change))

    with pytest.raises(PermissionDenied, match="您提交的"):
        approve(changes, change, floor.chief, Role.REVIEWER)


@pytest.mark.parametrize("role", Role)
def test_nobody_approves_as_what_they_are_not(
    changes: ChangeSets, floor: Floor, engine: Engine, role: Role
) -> None:
    change = submitted(changes, floor.editor)
    others = [other for other in Role if other is not role]
    person = add_person(engine, "nearly", *others)

    with pytest.raises(PermissionDenied, match=f"没有“{role}”的角色"):
        approve(changes, change, person, role)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.REVIEWER, Role.COMPLIANCE)]
)
def test_other_roles_approve_nothing(
    changes: ChangeSets, floor: Floor, engine: Engine, role: Role
) -> None:
    change = submitted(changes, floor.editor)
    with pytest.raises(PermissionDenied):
        approve(changes, change, add_person(engine, "other", role), role)


def test_who_may_approve_is_told_why_not_in_a_draft(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)

    reasons = changes.reasons_against(change, floor.reviewer, Role.REVIEWER)
    assert reasons == ["这次改动现在是“草稿”，不在审核中"]


def test_one_byte_more_in_the_table_voids_the_approval(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = approve(changes, submitted(changes, floor.editor), floor.reviewer, Role.REVIEWER)
    with engine.begin() as connection:
        connection.execute(update(change_files).values(content=f"{NEW_SUMMARY} "))

    assert refusals(engine, change.id) == ("还缺“审核”的批准", "内容和提交审核时不一样")


def test_an_altered_digest_does_not_hide_an_altered_byte(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = approve(changes, submitted(changes, floor.editor), floor.reviewer, Role.REVIEWER)
    with engine.begin() as connection:
        connection.execute(update(change_files).values(content=f"{NEW_SUMMARY} "))
        digest = files_digest({SAMPLE_PATH: f"{NEW_SUMMARY} ".encode()})
        connection.execute(update(change_sets).values(digest=digest))

    assert refusals(engine, change.id) == ("还缺“审核”的批准",)


def test_bytes_that_came_back_need_a_new_approval(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = approve(changes, submitted(changes, floor.editor), floor.reviewer, Role.REVIEWER)
    changes.save_file(change.id, SAMPLE_PATH, NEW_SAYING, 1, None, floor.editor)
    changes.save_file(change.id, SAMPLE_PATH, NEW_SUMMARY, 2, None, floor.editor)
    again = changes.submit(change.id, floor.editor, passed(changes.get(change.id)))

    assert again.digest == change.digest
    assert changes.approval(again).missing == ("还缺“审核”的批准",)


def test_approval_times_are_told_of_what_was_approved(changes: ChangeSets, floor: Floor) -> None:
    now = datetime.now(UTC)
    submitted(changes, floor.editor)
    change = submitted(changes, floor.editor, NEW_SAYING)
    approve(changes, change, floor.reviewer, Role.REVIEWER)
    approve(changes, change, floor.compliance, Role.COMPLIANCE)

    hour = timedelta(hours=1)
    (time,) = changes.approval_times(now - hour, now + hour)
    assert (time.change_set_id, time.title) == (change.id, "改号码")
    assert time.submitted_at == change.submitted_at
    assert time.approved_at == changes.reviews(change.id)[-1].at
    assert timedelta(0) < time.waited < hour
    assert changes.approval_times(now + hour, now + 2 * hour) == []


TEXTS = (NEW_SUMMARY, NEW_SAYING, NEW_SAYING + "\n", None)
PEOPLE = range(4)


class FourPeople(RuleBasedStateMachine):
    """Four people who may do everything do anything, in any order.

    Beside the program stands what an auditor would note: who wrote it, who read which bytes.
    """

    def __init__(self, engine: Engine, people: list[Person]) -> None:
        super().__init__()
        self.engine, self.people = engine, people
        self.changes = ChangeSets(engine)
        self.id = a_draft(self.changes, people[0]).id
        self.wrote = {people[0].id}
        self.submitted = ""
        self.read: dict[str, str] = {}

    @rule(who=st.sampled_from(PEOPLE), text=st.sampled_from(TEXTS), is_stale=st.booleans())
    def save(self, who: int, text: str | None, is_stale: bool) -> None:
        files = self.changes.get(self.id).files
        number = files[0].number + is_stale if files else 0
        with suppress(KbError):
            self.changes.save_file(
                self.id, SAMPLE_PATH, text, number, NEW_SUMMARY, self.people[who]
            )
            self.wrote.add(self.people[who].id)
            self.read.clear()

    @rule(who=st.sampled_from(PEOPLE))
    def submit(self, who: int) -> None:
        with suppress(KbError):
            check = passed(self.changes.get(self.id))
            self.changes.submit(self.id, self.people[who], check)
            self.submitted = self.people[who].id

    @rule(
        who=st.sampled_from(PEOPLE),
        role=st.sampled_from((Role.REVIEWER, Role.COMPLIANCE)),
        verdict=st.sampled_from((Verdict.APPROVED, Verdict.CHANGES_REQUESTED)),
        text=st.sampled_from(TEXTS),
    )
    def review(self, who: int, role: Role, verdict: Verdict, text: str | None) -> None:
        """Judge the bytes that this person believes to be under review."""
        person = self.people[who]
        digest = files_digest({SAMPLE_PATH: None if text is None else text.encode()})
        with suppress(KbError):
            self.changes.review(self.id, person, role, verdict, digest, "x")
            if verdict is Verdict.APPROVED:
                self.read[person.id] = digest
            else:
                self.read.clear()

    @rule(who=st.sampled_from(PEOPLE))
    def take_back(self, who: int) -> None:
        with suppress(KbError):
            self.changes.take_back_approval(self.id, self.people[who])
            del self.read[self.people[who].id]

    @rule(who=st.sampled_from(PEOPLE))
    def withdraw(self, who: int) -> None:
        with suppress(KbError):
            self.changes.withdraw(self.id, self.people[who])
            self.read.clear()

    @rule(who=st.sampled_from(PEOPLE))
    def reopen(self, who: int) -> None:
        with suppress(KbError):
            self.changes.reopen(self.id, self.people[who])

    @invariant()
    def what_is_approved_was_read_by_others(self) -> None:
        try:
            found = approved(self.engine, self.id)
        except NotApproved:
            return
        approvers = {approver.account_id for approver in found.approvers}
        assert approvers
        assert not approvers & {*self.wrote, self.submitted}
        assert {self.read.get(reader) for reader in approvers} == {files_digest(found.files)}
        assert len(approvers) == len(found.approvers)


def test_no_order_of_actions_gets_past_the_second_pair_of_eyes(engine: Engine) -> None:
    roles = (Role.EDITOR, Role.REVIEWER, Role.COMPLIANCE)
    people = [add_person(engine, f"p{number}", *roles) for number in PEOPLE]
    run_state_machine_as_test(
        lambda: FourPeople(engine, people),
        settings=settings(max_examples=20, stateful_step_count=15, deadline=None),
    )
