"""Four eyes: who may approve a change set, what is missing, and what exactly was approved.

No setting turns this off. Everything is decided from what lies in the database at that moment,
never from what was decided before.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from kb.changes.change_set import (
    ApprovedChange,
    Approver,
    ChangeSet,
    ChangeState,
    files_digest,
)
from kb.changes.guarded_parts import changes_guarded_parts
from kb.changes.reviews import Review, Verdict, reviews_of
from kb.changes.rows import editors_of, take_change
from kb.errors import NotApproved
from kb.people import Person, Role

APPROVING_ROLES = (Role.REVIEWER, Role.COMPLIANCE)


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """How far the approval of a change set has come."""

    approvers: tuple[Approver, ...]
    """Whose approvals count, oldest first."""
    needed: tuple[Role, ...]
    """As what somebody has to approve it in all."""
    missing: tuple[str, ...]
    """What is missing, in Chinese; empty: approved."""


def approval_state(connection: Connection, change: ChangeSet) -> ApprovalState:
    """Return who approved the change set as it is now, and what is missing."""
    barred = {change.submitted_by, *editors_of(connection, change.id)}
    reviews = reviews_of(connection, change.id)
    counting = [item for item in reviews if _counts(item, change) and item.account_id not in barred]
    needed = needed_roles(change)
    missing = tuple(f"还缺“{role}”的批准" for role in needed if role not in _roles(counting))
    if not missing and len({item.account_id for item in counting}) < len(needed):
        missing = ("“审核”和“合规”要由两个人批准",)
    return ApprovalState(tuple(map(_approver, counting)), needed, missing)


def needed_roles(change: ChangeSet) -> tuple[Role, ...]:
    """Return as what somebody has to approve the change set."""
    return APPROVING_ROLES if changes_guarded_parts(change.files) else APPROVING_ROLES[:1]


def reasons_against(
    connection: Connection, change: ChangeSet, person: Person, as_role: Role
) -> list[str]:
    """Return why `person` may not approve the change set as `as_role`; empty: may."""
    reasons = []
    if change.state is not ChangeState.IN_REVIEW:
        reasons.append(f"这次改动现在是“{change.state}”，不在审核中")
    if as_role not in APPROVING_ROLES or as_role not in person.roles:
        reasons.append(f"您没有“{as_role}”的角色")
    if person.id in editors_of(connection, change.id):
        reasons.append("您编辑过这次改动")
    if person.id == change.submitted_by:
        reasons.append("这次改动是您提交的")
    if any(
        item.account_id == person.id and _counts(item, change)
        for item in reviews_of(connection, change.id)
    ):
        reasons.append("您已经批准过，第二个批准要由别人给")
    return reasons


def approved_change(connection: Connection, change_set_id: str) -> ApprovedChange:
    """Return the change set with the bytes that were approved.

    Nobody can change it until the transaction of `connection` ends. Raises ChangeSetNotFound,
    and NotApproved with the reasons.
    """
    change = take_change(connection, change_set_id)
    approval = approval_state(connection, change)
    missing = list(approval.missing)
    if change.state is not ChangeState.APPROVED:
        missing.insert(0, f"这次改动现在是“{change.state}”")
    if files_digest(change.contents) != change.digest:
        missing.append("内容和提交审核时不一样")
    if missing:
        raise NotApproved(missing)
    editors = tuple(editors_of(connection, change.id).values())
    return ApprovedChange(change, editors, approval.approvers)


def _counts(review: Review, change: ChangeSet) -> bool:
    return review.verdict is Verdict.APPROVED and review.digest == files_digest(change.contents)


def _roles(reviews: list[Review]) -> set[Role]:
    return {review.as_role for review in reviews}


def _approver(review: Review) -> Approver:
    return Approver(review.account_id, review.name, review.login, review.as_role, review.at)
