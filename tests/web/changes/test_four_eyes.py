"""Nobody approves what they had a hand in, by whatever request."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.changes import ChangeSet, ChangeState
from kb.people import Role
from tests.content_samples import SAMPLE, SAMPLE_PATH
from tests.kb.changes.floor import NEW_SAYING, NEW_SUMMARY, passed
from tests.web.changes.newsroom import NewsSite, decide

Involve = Callable[[NewsSite], ChangeSet]


def edited_and_submitted(room: NewsSite) -> ChangeSet:
    return room.submitted({SAMPLE_PATH: NEW_SUMMARY}, by=room.chief)


def edited_alone(room: NewsSite) -> ChangeSet:
    change = room.draft({SAMPLE_PATH: NEW_SUMMARY}, by=room.chief)
    return room.changes.submit(change.id, room.editor, passed(change))


def edited_and_edited_over(room: NewsSite) -> ChangeSet:
    change = room.draft({SAMPLE_PATH: NEW_SAYING}, by=room.chief)
    number = change.files[0].number
    room.changes.save_file(change.id, SAMPLE_PATH, NEW_SUMMARY, number, None, room.editor)
    change = room.changes.get(change.id)
    return room.changes.submit(change.id, room.editor, passed(change))


def submitted_alone(room: NewsSite) -> ChangeSet:
    change = room.draft({SAMPLE_PATH: NEW_SUMMARY})
    return room.changes.submit(change.id, room.chief, passed(change))


def made_both_approvals(room: NewsSite) -> ChangeSet:
    change = room.submitted({SAMPLE_PATH: NEW_SAYING})
    with room.browser(room.chief) as client:
        assert decide(client, change, Role.REVIEWER).status_code == 303
    return change


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COMPLIANCE])
@pytest.mark.parametrize(
    "involve",
    [
        edited_and_submitted,
        edited_alone,
        edited_and_edited_over,
        submitted_alone,
        made_both_approvals,
    ],
)
def test_who_had_a_hand_in_it_cannot_approve_it(
    room: NewsSite, involve: Involve, role: Role
) -> None:
    change = involve(room)

    with room.browser(room.chief) as client:
        answer = decide(client, change, role)
        published = client.post(f"{change.href}/publish")
        page = client.get(change.href)
    assert answer.status_code == 403
    assert "您不能批准" in answer.text
    assert published.status_code == 409
    assert 'value="批准"' not in page.text
    assert room.changes.get(change.id).state is ChangeState.IN_REVIEW
    assert room.source.read_files()[SAMPLE_PATH].decode() == SAMPLE


@pytest.mark.parametrize("role", [*Role])
def test_an_editor_has_no_way_to_approve(room: NewsSite, role: Role) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.editor) as client:
        answers = [
            decide(client, change, role),
            client.post(f"{change.href}/publish"),
            client.post("/changes/baseline", data={"role": role}),
        ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert room.changes.get(change.id).state is ChangeState.IN_REVIEW


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REVIEWER])
def test_a_reviewer_cannot_approve_as_something_else(room: NewsSite, role: Role) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SAYING})

    with room.browser(room.reviewer) as client:
        assert decide(client, change, role).status_code == 403


def test_compliance_alone_is_not_enough(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SAYING})

    with room.browser(room.compliance) as client:
        decide(client, change, Role.COMPLIANCE)
        assert client.post(f"{change.href}/publish").status_code == 409
    assert room.changes.get(change.id).state is ChangeState.IN_REVIEW


def test_the_token_of_the_session_is_needed(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        del client.headers["X-CSRF-Token"]
        assert decide(client, change, Role.REVIEWER).status_code == 403
    assert room.changes.get(change.id).state is ChangeState.IN_REVIEW


def test_the_page_says_why_one_may_not_approve(room: NewsSite) -> None:
    change = edited_and_submitted(room)

    with room.browser(room.chief) as client:
        page = client.get(change.href)
    assert "您编辑过这次改动；这次改动是您提交的" in page.text


def test_agents_see_no_changes(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.agent) as client:
        for path in ("/changes", "/changes/baseline", change.href):
            assert client.get(path).status_code == 403
