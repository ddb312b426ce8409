"""What may be done with a change set in which state, and where that leads."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kb.changes.change_set import ChangeState
from kb.errors import EditConflict

_DRAFT, _IN_REVIEW, _APPROVED, _PUBLISHED, _WITHDRAWN = ChangeState


class Action(StrEnum):
    """What people, and the publication, do with a change set."""

    EDIT = "修改"
    SUBMIT = "提交审核"
    APPROVE = "批准"
    REQUEST_CHANGES = "要求修改"
    TAKE_BACK_APPROVAL = "收回批准"
    WITHDRAW = "撤回"
    REOPEN = "重新打开"
    PUBLISH = "发布"


_ON_ITS_WAY = (_DRAFT, _IN_REVIEW, _APPROVED)

_FROM: Mapping[Action, tuple[ChangeState, ...]] = {
    # Whatever is edited has to be submitted again.
    Action.EDIT: _ON_ITS_WAY,
    Action.SUBMIT: (_DRAFT,),
    Action.APPROVE: (_IN_REVIEW,),
    Action.REQUEST_CHANGES: (_IN_REVIEW, _APPROVED),
    Action.TAKE_BACK_APPROVAL: (_IN_REVIEW, _APPROVED),
    Action.WITHDRAW: _ON_ITS_WAY,
    Action.REOPEN: (_WITHDRAWN,),
    Action.PUBLISH: (_APPROVED,),
}

_TO: Mapping[Action, ChangeState] = {
    Action.EDIT: _DRAFT,
    Action.SUBMIT: _IN_REVIEW,
    # Approved only once nothing is missing any more: `kb.changes.workflow` decides.
    Action.APPROVE: _IN_REVIEW,
    Action.REQUEST_CHANGES: _DRAFT,
    Action.TAKE_BACK_APPROVAL: _IN_REVIEW,
    Action.WITHDRAW: _WITHDRAWN,
    Action.REOPEN: _DRAFT,
    Action.PUBLISH: _PUBLISHED,
}


def is_possible(action: Action, state: ChangeState) -> bool:
    """Return whether `action` may be done with a change set in `state`."""
    return state in _FROM[action]


def state_after(action: Action, state: ChangeState) -> ChangeState:
    """Return the state to which `action` leads. Raises EditConflict where it is not possible."""
    if not is_possible(action, state):
        raise EditConflict(f"这次改动现在是“{state}”，不能{action}。请刷新页面。")
    return _TO[action]
