"""The page of a draft: what is said about it, its files, its check and its submission."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kb.changes import ChangeState, files_digest
from kb.people import Role
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, sample_files
from tests.exam_samples import EXAM, EXAM_PATH
from tests.kb.changes.floor import passed
from tests.web.access.people import add_person, browser_of
from tests.web.editing.desk import EditingDesk, address, hidden, post
from tests.web.site import site_of

SUMMARY = changed("核身后当场登记", "核身后马上登记")
SAYING = changed("变更要由投保人提出。", "变更只能由投保人提出。")
WRONG = changed("姓名和证件号码〔示例法§6〕", "姓名和证件号码〔无此法§6〕")
NEW_PATH = "procedures/保全/contact-new.md"
_CHECK_SECONDS = 180


def checked(client: TestClient, draft_id: str) -> Response:
    """Wait for the whole check, as the page does: by looking again."""
    deadline = time.monotonic() + _CHECK_SECONDS
    while time.monotonic() < deadline:
        page = client.get(f"/drafts/{draft_id}/submission")
        if 'http-equiv="refresh"' not in page.text:
            return page
        time.sleep(0.5)
    raise AssertionError("the check came to no end")


def test_what_is_said_about_a_draft_is_stored(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft()
    said = {"title": "改热线", "reason": "换号了\r\n明天起", "urgent": "1", "must_read": "1"}
    answer = post(editor, f"/drafts/{change.id}", **said, publish_at="2026-06-02T09:30")

    assert answer.status_code == 303
    change = desk.changes.get(change.id)
    assert (change.title, change.reason) == ("改热线", "换号了\n明天起")
    assert change.is_urgent
    assert change.is_must_read
    assert change.publish_at == datetime(2026, 6, 2, 1, 30, tzinfo=UTC)
    page = editor.get(f"/drafts/{change.id}").text
    assert 'value="2026-06-02T09:30"' in page
    assert "紧急更正" in page


@pytest.mark.parametrize(
    "said", [{"title": ""}, {"title": "长" * 101}, {"title": "改", "publish_at": "明天"}]
)
def test_what_cannot_be_stored_is_told_on_the_page(
    desk: EditingDesk, editor: TestClient, said: dict[str, str]
) -> None:
    change = desk.draft()
    answer = post(editor, f"/drafts/{change.id}", **said)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert desk.changes.get(change.id).title == "改号码"


def test_each_file_says_how_many_faults_it_has(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft(text=WRONG)

    assert "1 处错误" in editor.get(f"/drafts/{change.id}").text


def test_a_file_is_taken_out_and_renamed(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft(text=SUMMARY)
    sent = {"path": SAMPLE_PATH, "number": "1"}
    href = f"/drafts/{change.id}"
    answer = post(editor, f"{href}/rename", **sent, new_path=NEW_PATH)

    assert answer.headers["location"] == address(change.id, NEW_PATH)
    assert desk.saved(change.id, NEW_PATH).content == SUMMARY
    assert desk.saved(change.id).content is None
    post(editor, f"{href}/remove", path=NEW_PATH, number="1")
    post(editor, f"{href}/remove", path=SAMPLE_PATH, number="2")
    assert desk.changes.get(change.id).files == ()


def test_an_old_page_takes_nothing_out(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft(text=SUMMARY)
    desk.changes.save_file(change.id, SAMPLE_PATH, SAYING, 1, None, desk.second)
    for name, more in (("remove", {}), ("rename", {"new_path": NEW_PATH}), ("delete", {})):
        sent = {"path": SAMPLE_PATH, "number": "1"} | more
        answer = post(editor, f"/drafts/{change.id}/{name}", **sent)
        assert answer.status_code == 409, name

    assert desk.saved(change.id).content == SAYING


def test_a_new_name_is_checked(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft(text=SUMMARY)
    sent = {"path": SAMPLE_PATH, "number": "1", "new_path": "../x.md"}

    assert post(editor, f"/drafts/{change.id}/rename", **sent).status_code == 422


def test_a_draft_is_withdrawn_and_opened_again(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft(text=SUMMARY)
    post(editor, f"/drafts/{change.id}/withdraw")
    assert desk.changes.get(change.id).state is ChangeState.WITHDRAWN
    assert post(editor, f"/drafts/{change.id}/withdraw").status_code == 409

    assert "重新打开" in editor.get(f"/drafts/{change.id}").text
    post(editor, f"/drafts/{change.id}/reopen")
    assert desk.changes.get(change.id).state is ChangeState.DRAFT


def test_a_draft_is_checked_shown_and_submitted_once(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft(text=SAYING)
    href = f"/drafts/{change.id}/submission"
    assert "正在检查全部内容" in editor.get(href).text
    page = checked(editor, change.id)

    assert "没有错误" in page.text
    assert "要“审核”和“合规”两个人批准" in page.text
    assert "contact-change#verify/必说/1" in page.text
    digest = hidden(page)["digest"]
    for _ in range(2):
        answer = post(editor, href, digest=digest)
        assert answer.headers["location"] == f"/drafts/{change.id}"
    change = desk.changes.get(change.id)
    assert change.state is ChangeState.IN_REVIEW
    assert change.digest == files_digest(change.contents)
    assert change.base_commit == desk.repository.published()
    shown = editor.get(f"/drafts/{change.id}").text
    assert f'href="/changes/{change.id}"' in shown
    assert editor.get(href).status_code == 303

    post(editor, address(change.id), text=SUMMARY, number="1", base="")
    assert desk.changes.get(change.id).state is ChangeState.DRAFT


def test_exam_items_that_a_change_makes_wrong_are_named_before_it_is_submitted(
    desk: EditingDesk, editor: TestClient
) -> None:
    desk.publish(EXAM, EXAM_PATH)
    change = desk.draft(text=SAYING)
    page = checked(editor, change.id)

    assert "发布后 1 道题待复核" in page.text
    assert "contact-1（单选，练习，2026-01-01 起）" in page.text
    assert "被保险人来电" not in page.text
    post(editor, f"/drafts/{change.id}/submission", digest=hidden(page)["digest"])
    with desk.client(desk.reviewer) as reviewer:
        shown = reviewer.get(f"/changes/{change.id}").text
    assert "发布后 1 道题待复核" in shown
    assert "修改 contact-1" in shown


def test_errors_keep_a_draft_from_being_submitted(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft(text=WRONG)
    page = checked(editor, change.id)

    assert "改正后才能提交" in page.text
    assert f'href="{address(change.id)}?line=' in page.text
    assert 'name="digest"' not in page.text
    answer = post(editor, f"/drafts/{change.id}/submission", digest=files_digest(change.contents))
    assert answer.status_code == 422
    assert desk.changes.get(change.id).state is ChangeState.DRAFT


def test_what_was_edited_after_the_check_is_checked_again(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft(text=SUMMARY)
    digest = hidden(checked(editor, change.id))["digest"]
    desk.changes.save_file(change.id, SAMPLE_PATH, WRONG, 1, None, desk.second)
    answer = post(editor, f"/drafts/{change.id}/submission", digest=digest)

    assert answer.headers["location"] == f"/drafts/{change.id}/submission"
    assert desk.changes.get(change.id).state is ChangeState.DRAFT


def test_what_was_published_meanwhile_has_to_be_merged_first(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft(text=SUMMARY)
    desk.publish(changed("我换号码了", "我把号码换了"))

    page = checked(editor, change.id).text
    assert "已经发布了新的内容" in page
    assert f'href="{address(change.id, part="conflict")}"' in page


def test_an_empty_draft_cannot_be_submitted(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft()
    checked(editor, change.id)
    answer = post(editor, f"/drafts/{change.id}/submission", digest=files_digest({}))

    assert answer.status_code == 422


def test_a_submitted_draft_says_what_editing_it_means(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft(text=SUMMARY)
    desk.changes.submit(change.id, desk.editor, replace(passed(change)))

    assert "已有的批准作废" in editor.get(f"/drafts/{change.id}").text
    assert "再改会回到草稿" in editor.get(address(change.id)).text


def test_where_a_folder_is_served_as_it_is_nothing_is_submitted(tmp_path: Path) -> None:
    site = site_of(tmp_path, sample_files())
    person = add_person(site, "editor", Role.EDITOR)
    with browser_of(site, person) as client:
        client.follow_redirects = False
        draft = post(client, "/drafts/existing", path=SAMPLE_PATH, draft="").headers["location"]
        base = hidden(client.get(draft))["base"]
        assert post(client, draft, text=SUMMARY, number="0", base=base).status_code == 303
        href = draft.partition("/files/")[0]
        assert "没有开启发布" in client.get("/drafts").text
        assert "提交审核</a>" not in client.get(href).text
        answer = post(client, f"{href}/submission", digest="0" * 64)

    assert answer.status_code == 422
    assert SAMPLE.encode() == (site.content / SAMPLE_PATH).read_bytes()
