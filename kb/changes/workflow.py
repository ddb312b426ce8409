"""From draft to approval: each function runs in the transaction of its connection."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from kb.audit import record
from kb.changes.approval import (
    APPROVING_ROLES,
    approval_state,
    needed_roles,
    reasons_against,
)
from kb.changes.change_set import ChangeSet, ChangeState, files_digest
from kb.changes.check import CheckedChange
from kb.changes.draft_text import said_text
from kb.changes.reviews import Verdict, add_review, void_approvals
from kb.changes.rows import editors_of, find_change, take_change, update_change
from kb.changes.states import Action, state_after
from kb.errors import ChangeInvalid, EditConflict, PermissionDenied
from kb.notifications import notify, notify_role
from kb.people import Person, Role

MAX_REVIEW_CHARS = 2000

_ACTIONS = {
    Verdict.APPROVED: Action.APPROVE,
    Verdict.CHANGES_REQUESTED: Action.REQUEST_CHANGES,
}


def submit(
    connection: Connection, change_set_id: str, by: Person, check: CheckedChange
) -> ChangeSet:
    """Freeze what was checked and ask for approval; return the change set.

    Raises EditConflict when it was edited after the check, ChangeInvalid when it has errors.
    """
    change = take_change(connection, change_set_id)
    state = state_after(Action.SUBMIT, change.state)
    digest = files_digest(change.contents)
    if check.digest != digest:
        raise EditConflict("检查以后内容又改了，请再提交一次。")
    if not change.files:
        raise ChangeInvalid("这次改动里还没有改任何文件。")
    if check.errors:
        raise ChangeInvalid(f"还有 {len(check.errors)} 个错误，改正后再提交。")
    update_change(
        connection,
        change.id,
        state=state,
        digest=digest,
        base_commit=check.commit,
        submitted_by=by.id,
        submitted_at=datetime.now(UTC),
        impact=check.impact.to_json(),
    )
    record(connection, by, "change.submitted", change.id, {"digest": digest})
    _ask_for_review(connection, change, by)
    return find_change(connection, change.id)


def _ask_for_review(connection: Connection, change: ChangeSet, by: Person) -> None:
    kind = "紧急更正" if change.is_urgent else "改动"
    barred = {by.id, *editors_of(connection, change.id)}
    for role in needed_roles(change):
        text = f"{kind}“{change.title}”等待{role}"
        notify_role(connection, role, text, change.href, barred)


def review(
    connection: Connection,
    change_set_id: str,
    by: Person,
    as_role: Role,
    verdict: Verdict,
    digest: str,
    text: str,
) -> ChangeSet:
    """Store a verdict on the bytes with this `digest`; return the change set.

    Raises EditConflict when these are not the bytes under review, PermissionDenied when `by` may
    not give the verdict, ChangeInvalid when changes are requested without saying which.
    """
    change = take_change(connection, change_set_id)
    state = state_after(_ACTIONS[verdict], change.state)
    if not digest == change.digest == files_digest(change.contents):
        raise EditConflict("您打开以后内容又改了，请刷新页面，看过再决定。")
    said = said_text(text, MAX_REVIEW_CHARS)
    if verdict is Verdict.APPROVED:
        if reasons := reasons_against(connection, change, by, as_role):
            raise PermissionDenied(f"您不能批准：{'；'.join(reasons)}。")
        return _approve(connection, change, by, as_role, said)
    if as_role not in APPROVING_ROLES or as_role not in by.roles:
        raise PermissionDenied(f"您没有“{as_role}”的角色。")
    if not said:
        raise ChangeInvalid("请写明要改什么。")
    void_approvals(connection, change.id)
    add_review(connection, change.id, by, as_role, verdict, digest, said)
    update_change(connection, change.id, state=state)
    record(connection, by, "change.changes-requested", change.id, {"digest": digest})
    _tell_editors(connection, change, f"“{change.title}”要修改", by)
    return find_change(connection, change.id)


def _approve(
    connection: Connection, change: ChangeSet, by: Person, as_role: Role, said: str
) -> ChangeSet:
    add_review(connection, change.id, by, as_role, Verdict.APPROVED, change.digest, said)
    details = {"digest": change.digest, "as_role": as_role}
    record(connection, by, "change.approved", change.id, details)
    if not approval_state(connection, change).missing:
        update_change(connection, change.id, state=ChangeState.APPROVED)
        _tell_editors(connection, change, f"“{change.title}”已批准", by)
    return find_change(connection, change.id)


def take_back_approval(connection: Connection, change_set_id: str, by: Person) -> ChangeSet:
    """Void the approval that `by` gave; return the change set. Raises EditConflict."""
    change = take_change(connection, change_set_id)
    state = state_after(Action.TAKE_BACK_APPROVAL, change.state)
    if not void_approvals(connection, change.id, by.id):
        raise EditConflict("这里没有您的批准可以收回。")
    update_change(connection, change.id, state=state)
    record(connection, by, "change.approval-taken-back", change.id)
    _tell_editors(connection, change, f"“{change.title}”的批准被收回", by)
    return find_change(connection, change.id)


def mark_published(connection: Connection, change_set_id: str, by: Person | None) -> None:
    """Note that the approved bytes are what agents read now. Raises EditConflict."""
    change = take_change(connection, change_set_id)
    update_change(connection, change.id, state=state_after(Action.PUBLISH, change.state))
    record(connection, by, "change.published", change.id, {"digest": change.digest})


def _tell_editors(connection: Connection, change: ChangeSet, text: str, by: Person) -> None:
    readers = {change.submitted_by, *editors_of(connection, change.id)} - {by.id, None}
    notify(connection, [reader for reader in readers if reader], text, change.href)
