"""The page of a change set: what it shows, who may decide, and what follows from it."""

from __future__ import annotations

from kb.changes import ChangeDetails, ChangeState, Verdict
from kb.people import Role
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed
from tests.kb.changes.floor import NEW_SAYING, NEW_SUMMARY
from tests.kb.repository.repositories import git
from tests.web.changes.newsroom import NewsSite, decide
from tests.web.documents import read_html


def test_the_list_shows_what_waits_for_whom(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        page = client.get("/changes")
    assert page.status_code == 200
    assert "等我批准（审核）" in page.text
    assert page.text.count(change.href) == 2
    with room.browser(room.editor) as client:
        page = client.get("/changes")
    assert "等我批准" not in page.text
    assert page.text.count(change.href) == 1


def test_the_page_shows_both_texts_side_by_side(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        page = client.get(change.href)
    document = read_html(page.text)
    assert [item.text() for item in document.all("del")] == ["当场"]
    assert "未改的" in page.text
    assert document.all("tr", "edited")


def test_the_last_approval_publishes_at_once(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        answer = decide(client, change, Role.REVIEWER)
        page = client.get(change.href)
    assert (answer.status_code, answer.headers["location"]) == (303, change.href)
    assert room.changes.get(change.id).state is ChangeState.PUBLISHED
    assert "已发布：第 3 号" in page.text
    assert git(room.repository, "rev-parse", "--short=12", "refs/kb/published") in page.text
    message = git(room.repository, "log", "-1", "--format=%B", "refs/kb/published")
    assert "Edited-by: linx的姓名（linx）" in message
    assert "Approved-by: zhoun的姓名（zhoun） as 审核" in message


def test_a_change_of_a_saying_waits_for_compliance_too(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SAYING})

    with room.browser(room.reviewer) as client:
        decide(client, change, Role.REVIEWER)
        assert "还缺“合规”的批准" in client.get(change.href).text
    assert room.changes.get(change.id).state is ChangeState.IN_REVIEW
    with room.browser(room.compliance) as client:
        decide(client, change, Role.COMPLIANCE)
    assert room.changes.get(change.id).state is ChangeState.PUBLISHED


def test_changes_are_requested_with_what_is_to_be_changed(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        silent = decide(client, change, Role.REVIEWER, Verdict.CHANGES_REQUESTED)
        said = decide(client, change, Role.REVIEWER, Verdict.CHANGES_REQUESTED, text="写上依据")
        page = client.get(change.href)
    assert (silent.status_code, said.status_code) == (422, 303)
    assert "请写明要改什么" in silent.text
    assert room.changes.get(change.id).state is ChangeState.DRAFT
    assert "写上依据" in page.text


def test_an_approval_of_what_was_changed_meanwhile_is_refused_with_the_page(
    room: NewsSite,
) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})
    newer = changed("核身后当场登记", "核身以后登记")
    number = change.files[0].number
    room.changes.save_file(change.id, SAMPLE_PATH, newer, number, None, room.editor)

    with room.browser(room.reviewer) as client:
        answer = decide(client, change, Role.REVIEWER)
    assert answer.status_code == 409
    assert "刷新" in answer.text
    assert "核身<ins>以</ins>后" in answer.text
    assert room.changes.get(change.id).state is ChangeState.DRAFT


def test_one_character_more_after_an_approval_voids_it(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SAYING})
    with room.browser(room.reviewer) as client:
        decide(client, change, Role.REVIEWER)
        number = change.files[0].number
        room.changes.save_file(change.id, SAMPLE_PATH, f"{NEW_SAYING}\n", number, None, room.editor)
        page = client.get(change.href)
    assert "批准已失效" in page.text
    with room.browser(room.compliance) as client:
        assert decide(client, change, Role.COMPLIANCE).status_code == 409
    assert room.source.read_files()[SAMPLE_PATH].decode() == SAMPLE


def test_a_later_moment_is_waited_for(room: NewsSite) -> None:
    moment = room.site.now().replace(year=2027)
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY}, ChangeDetails("改", publish_at=moment))

    with room.browser(room.reviewer) as client:
        decide(client, change, Role.REVIEWER)
        page = client.get(change.href)
        early = client.post(f"{change.href}/publish")
    assert "2027-06-01" in page.text
    assert "现在发布" not in page.text
    assert early.status_code == 409
    assert "定于" in early.text
    assert room.changes.get(change.id).state is ChangeState.APPROVED


def test_an_approval_can_be_taken_back_before_publication(room: NewsSite) -> None:
    moment = room.site.now().replace(year=2027)
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY}, ChangeDetails("改", publish_at=moment))

    with room.browser(room.reviewer) as client:
        decide(client, change, Role.REVIEWER)
        client.post(f"{change.href}/take-back")
    assert room.changes.get(change.id).state is ChangeState.IN_REVIEW


def test_before_the_baseline_an_approval_counts_and_the_page_says_what_is_missing(
    fresh: NewsSite,
) -> None:
    change = fresh.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with fresh.browser(fresh.reviewer) as client:
        answer = decide(client, change, Role.REVIEWER)
        assert answer.status_code == 409
        assert "还没有由“审核”和“合规”两个人批准接管" in answer.text
        fresh.take_over()
        assert "现在发布" in client.get(change.href).text
        client.post(f"{change.href}/publish")
    assert fresh.changes.get(change.id).state is ChangeState.PUBLISHED


def test_unknown_change_sets_and_verdicts_are_told(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        assert client.get("/changes/nope").status_code == 404
        assert decide(client, change, Role.REVIEWER, Verdict.VOID).status_code == 422
        assert client.post(f"{change.href}/review", data={"role": "老板"}).status_code == 422
