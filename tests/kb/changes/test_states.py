"""The table of states has no action without an end."""

from __future__ import annotations

import pytest

from kb.changes import Action, ChangeState, is_possible
from kb.changes.states import state_after
from kb.errors import EditConflict


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", ChangeState)
def test_an_action_leads_somewhere_exactly_where_it_is_possible(
    state: ChangeState, action: Action
) -> None:
    if is_possible(action, state):
        assert state_after(action, state) in ChangeState
    else:
        with pytest.raises(EditConflict, match=f"{state}.*{action}"):
            state_after(action, state)


def test_what_is_published_stays_as_it_is() -> None:
    assert not any(is_possible(action, ChangeState.PUBLISHED) for action in Action)
