"""A draft begins empty, with a published file, with a blank procedure, or with a new version."""

from __future__ import annotations

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kb.changes import ChangeOrigin, ChangeState
from tests.content_samples import SAMPLE, SAMPLE_PATH
from tests.web.editing.desk import EditingDesk, address, post

VERSION_PATH = "procedures/保全/contact-change@2026-07-01.md"


def draft_id_in(answer: Response) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].split("/")[2]


def test_a_draft_is_made_and_listed(desk: EditingDesk, editor: TestClient) -> None:
    draft_id = draft_id_in(post(editor, "/drafts", title="改  热线"))

    assert desk.changes.get(draft_id).title == "改 热线"
    listed = editor.get("/drafts")
    assert listed.status_code == 200
    assert f'href="/drafts/{draft_id}"' in listed.text


def test_a_draft_without_a_title_is_refused_on_its_page(editor: TestClient) -> None:
    answer = post(editor, "/drafts", title="  ")

    assert answer.status_code == 422
    assert "请写一个标题" in answer.text


def test_others_drafts_are_listed_and_marked_where_nobody_wrote_them(
    desk: EditingDesk, editor: TestClient
) -> None:
    desk.changes.create(desk.second, "别人的草稿")
    desk.changes.create(None, "手改的文件", ChangeOrigin.REPOSITORY)

    text = editor.get("/drafts").text.partition("<h2>别人的</h2>")[2]
    assert "别人的草稿" in text
    assert "未审核变更" in text


def test_a_withdrawn_draft_stays_in_ones_own_list(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft()
    desk.changes.withdraw(change.id, desk.editor)

    assert ChangeState.WITHDRAWN in editor.get("/drafts").text


def test_published_files_are_found_by_words(editor: TestClient) -> None:
    found = editor.get("/drafts/existing", params={"words": "变更 联系电话"}).text

    assert SAMPLE_PATH in found
    assert "regulations.yaml" not in found
    assert "没有这样的文件" in editor.get("/drafts/existing?words=没有的词").text
    assert "regulations.yaml" in editor.get("/drafts/existing").text


def test_a_chosen_file_is_opened_in_a_new_draft_and_nothing_is_stored_yet(
    desk: EditingDesk, editor: TestClient
) -> None:
    answer = post(editor, "/drafts/existing", path=SAMPLE_PATH, draft="")

    draft_id = draft_id_in(answer)
    assert answer.headers["location"] == address(draft_id)
    assert desk.changes.get(draft_id).title == "修改《变更联系电话》"
    assert desk.changes.get(draft_id).files == ()


def test_a_chosen_file_is_opened_in_the_chosen_draft(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft()

    answer = post(editor, "/drafts/existing", path="regulations.yaml", draft=change.id)
    assert answer.headers["location"] == address(change.id, "regulations.yaml")


@pytest.mark.parametrize("path", ["procedures/保全/no-such.md", "../secret", ""])
def test_only_published_files_can_be_chosen(editor: TestClient, path: str) -> None:
    assert post(editor, "/drafts/existing", path=path, draft="").status_code == 404


def test_a_new_procedure_begins_with_the_template(desk: EditingDesk, editor: TestClient) -> None:
    answer = post(editor, "/drafts/procedure", id="claim-report", category="保全", draft="")

    draft_id = draft_id_in(answer)
    file = desk.saved(draft_id, "procedures/保全/claim-report.md")
    assert file.base is None
    assert "id: claim-report" in (file.content or "")
    assert editor.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("id_", "category", "message"),
    [
        ("Claim Report", "保全", "应为小写英文"),
        ("contact-change", "保全", "已经有编号为"),
        ("claim-report", "没有", "词表里没有分类"),
    ],
)
def test_a_new_procedure_is_checked(
    desk: EditingDesk, editor: TestClient, id_: str, category: str, message: str
) -> None:
    answer = post(editor, "/drafts/procedure", id=id_, category=category, draft="")

    assert answer.status_code == 422
    assert message in answer.text
    assert id_ in answer.text
    assert desk.changes.listed() == []


def test_the_id_of_a_procedure_in_the_same_draft_is_taken(
    desk: EditingDesk, editor: TestClient
) -> None:
    made = post(editor, "/drafts/procedure", id="claim-report", category="保全", draft="")
    draft_id = draft_id_in(made)

    again = post(editor, "/drafts/procedure", id="claim-report", category="保全", draft=draft_id)
    assert again.status_code == 422


def test_a_new_version_begins_as_a_copy_with_its_day(desk: EditingDesk, editor: TestClient) -> None:
    page = editor.get("/drafts/version", params={"path": SAMPLE_PATH})
    assert "变更联系电话" in page.text
    answer = post(editor, "/drafts/version", path=SAMPLE_PATH, day="2026-07-01", draft="")

    file = desk.saved(draft_id_in(answer), VERSION_PATH)
    assert file.content == SAMPLE.replace("from: 2026-01-01", "from: 2026-07-01")


@pytest.mark.parametrize("day", ["", "2025-01-01", "x"])
def test_the_day_of_a_new_version_is_checked(editor: TestClient, day: str) -> None:
    answer = post(editor, "/drafts/version", path=SAMPLE_PATH, day=day, draft="")

    assert answer.status_code == 422
    assert "变更联系电话" in answer.text


@pytest.mark.parametrize("path", ["regulations.yaml", "procedures/保全/no-such.md"])
def test_only_procedures_have_versions(editor: TestClient, path: str) -> None:
    assert editor.get("/drafts/version", params={"path": path}).status_code == 404
    answer = post(editor, "/drafts/version", path=path, day="2026-07-01", draft="")
    assert answer.status_code == 404


def test_a_procedures_page_leads_editors_to_its_files(
    desk: EditingDesk, editor: TestClient
) -> None:
    link = 'href="/drafts/existing?words=contact-change"'
    assert link in editor.get("/procedures/contact-change").text
    with desk.client(desk.reviewer) as reviewer:
        assert link not in reviewer.get("/procedures/contact-change").text
