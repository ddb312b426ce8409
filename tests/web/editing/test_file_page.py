"""The editor of a file without a script: it saves, says what is wrong, and overwrites nothing."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, line_of
from tests.web.editing.desk import EditingDesk, address, hidden, post

MINE = changed("核身后当场登记", "核身后马上登记")
THEIRS = changed("我换号码了", "我把号码换了")
CLASHING = changed("核身后当场登记", "核身后才登记")
# Synthetic: 138 0013 8000 is the number that telephone makers print in their manuals.
PHONE = "13800138000"


def open_and_save(client: TestClient, draft_id: str, text: str) -> str:
    """Save as a browser without a script does; return where it leads."""
    fields = hidden(client.get(address(draft_id)))
    sent = {name: fields[name] for name in ("number", "base")}
    answer = post(client, address(draft_id), text=text.replace("\n", "\r\n"), **sent)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_the_editor_shows_what_is_published(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft()
    page = editor.get(address(change.id))

    assert page.status_code == 200
    assert "summary: 联系电话由投保人申请变更" in page.text
    assert hidden(page)["number"] == "0"
    assert desk.changes.get(change.id).files == ()


def test_what_is_saved_lies_in_the_draft_and_agents_do_not_see_it(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft()
    href = open_and_save(editor, change.id, MINE)

    file = desk.saved(change.id)
    assert (file.content, file.base, file.number) == (MINE, SAMPLE, 1)
    assert "已保存。" in editor.get(href).text
    assert "核身后马上登记" not in editor.get("/procedures/contact-change").text
    assert desk.publications() == 1

    open_and_save(editor, change.id, MINE.replace("马上", "立刻"))
    assert desk.saved(change.id).number == 2


def test_saving_leads_to_the_preview_when_it_was_asked_for(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft(text=MINE)
    answer = post(editor, address(change.id), text=MINE, number="1", base="", preview="1")

    assert answer.headers["location"] == address(change.id, part="preview")
    page = editor.get(answer.headers["location"])
    assert "核身后马上登记" in page.text
    assert "预览：坐席还看不到" in page.text


def test_the_preview_follows_what_is_said_of_the_call(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft(text=MINE)
    preview = address(change.id, part="preview")
    asked = editor.get(preview).text
    assert "办理人" in asked
    assert f'href="{preview}?' in asked

    alone = editor.get(f"{preview}?办理人=本人").text
    assert "已收起不适用的" in alone
    assert editor.get(f"{preview}?来电人=外星人").status_code == 422


def test_the_preview_of_what_cannot_be_read_says_so(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft(text="没有头\n")

    assert "还看不出规程" in editor.get(address(change.id, part="preview")).text


def test_faults_are_listed_with_their_lines(desk: EditingDesk, editor: TestClient) -> None:
    wrong = changed("姓名和证件号码〔示例法§6〕", "姓名和证件号码〔无此法§6〕")
    change = desk.draft(text=wrong)
    page = editor.get(address(change.id)).text

    assert f"第 {line_of('〔无此法', wrong)} 行 <b>错误</b>" in page


def test_identifiers_are_masked_and_the_lines_are_told(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft()
    href = open_and_save(editor, change.id, changed("系统登记不上。", f"打{PHONE}。"))

    assert PHONE not in (desk.saved(change.id).content or "")
    assert "行的号码已遮去" in editor.get(href).text


def test_a_text_that_is_too_long_is_refused_and_not_lost(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft()
    long = SAMPLE + "很长" * 50_000
    fields = hidden(editor.get(address(change.id)))
    answer = post(editor, address(change.id), text=long, number="0", base=fields["base"])

    assert answer.status_code == 422
    assert "256 KB" in answer.text
    assert "很长很长" in answer.text
    assert desk.changes.get(change.id).files == ()


def test_a_form_beyond_all_bounds_is_not_read(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft()
    answer = post(editor, address(change.id), text="长" * 200_000, number="0", base="")

    assert answer.status_code == 413


@pytest.mark.parametrize("number", ["", "x", "-1", "1" * 20])
def test_a_form_without_a_number_is_refused(
    desk: EditingDesk, editor: TestClient, number: str
) -> None:
    change = desk.draft()

    assert post(editor, address(change.id), text=SAMPLE, number=number).status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("procedures/保全/no-such.md", 404),
        ("README.md", 422),
        ("procedures/保全/a/b.md", 422),
        ("procedures/保全/.hidden.md", 422),
    ],
)
def test_a_wrong_file_is_refused(
    desk: EditingDesk, editor: TestClient, path: str, status: int
) -> None:
    change = desk.draft()

    for part in ("", "preview"):
        assert editor.get(address(change.id, path, part)).status_code == status


def test_an_unknown_draft_is_not_found(editor: TestClient) -> None:
    unknown = "0" * 32
    for href in (f"/drafts/{unknown}", f"/drafts/{unknown}/submission", address(unknown)):
        assert editor.get(href).status_code == 404
    for name in ("check", "complete", "preview", "save"):
        sent = {"text": SAMPLE, "number": 0, "line": 1, "column": 1}
        assert editor.post(address(unknown, part=name), json=sent).status_code == 404


def test_a_withdrawn_draft_takes_no_words_and_loses_none(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft(text=MINE)
    desk.changes.withdraw(change.id, desk.editor)
    answer = post(editor, address(change.id), text=CLASHING, number="1", base="")

    assert answer.status_code == 409
    assert "核身后才登记" in answer.text
    assert desk.saved(change.id).content == MINE


def test_a_file_may_be_deleted_and_kept_again(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft()
    sent = {"path": SAMPLE_PATH, "number": "0"}
    answer = post(editor, f"/drafts/{change.id}/delete", **sent)

    assert answer.status_code == 303
    assert desk.saved(change.id).content is None
    assert "删除" in editor.get(f"/drafts/{change.id}").text
    assert "这次改动会删除这个文件" in editor.get(address(change.id)).text
    post(editor, address(change.id), text=MINE, number="1", base="")
    assert desk.saved(change.id).content == MINE


def test_two_editors_of_one_draft_are_shown_both_texts(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft(text=MINE)
    fields = hidden(editor.get(address(change.id)))
    desk.changes.save_file(change.id, SAMPLE_PATH, CLASHING, 1, None, desk.second)
    sent = {name: fields[name] for name in ("number", "base")}
    mine = MINE.replace("马上", "立刻")
    answer = post(editor, address(change.id), text=mine, **sent)

    assert answer.status_code == 409
    assert "second的姓名也改了这份文件" in answer.text
    assert "核身后立刻登记" in answer.text
    assert "核身后才登记" in answer.text
    assert "&lt;&lt;&lt;&lt;&lt;&lt;&lt; 我的改动" in answer.text
    assert desk.saved(change.id).content == CLASHING

    sent = {name: hidden(answer)[name] for name in ("number", "sign")}
    merged = post(editor, address(change.id, part="merge"), text=mine, **sent)
    assert merged.headers["location"].endswith("?done=merged")
    assert desk.saved(change.id).content == mine
    assert desk.saved(change.id).base == SAMPLE


def test_a_third_save_during_the_merge_is_a_conflict_again(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft(text=MINE)
    desk.changes.save_file(change.id, SAMPLE_PATH, CLASHING, 1, None, desk.second)
    clash = post(editor, address(change.id, part="conflict"), text=THEIRS, number="1")
    assert clash.status_code == 409
    latest = CLASHING.replace("才登记", "再登记")
    desk.changes.save_file(change.id, SAMPLE_PATH, latest, 2, None, desk.second)
    sent = {name: hidden(clash)[name] for name in ("number", "sign")}
    answer = post(editor, address(change.id, part="merge"), text=THEIRS, **sent)

    assert answer.status_code == 409
    assert "再登记" in answer.text
    assert desk.saved(change.id).content == latest


def test_what_was_published_since_is_merged_by_hand(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft(text=MINE)
    desk.publish(THEIRS)
    assert "要合并" in editor.get(f"/drafts/{change.id}").text
    assert "对照三份并合并" in editor.get(address(change.id)).text
    conflict = editor.get(address(change.id, part="conflict"))
    assert conflict.status_code == 200
    assert "两边改的不是同一处" in conflict.text

    both = changed("我换号码了", "我把号码换了", MINE)
    sent = {name: hidden(conflict)[name] for name in ("number", "sign")}
    assert post(editor, address(change.id, part="merge"), text=both, **sent).status_code == 303
    file = desk.saved(change.id)
    assert (file.content, file.base) == (both, THEIRS)
    assert "要合并" not in editor.get(f"/drafts/{change.id}").text


def test_a_first_save_does_not_overwrite_what_was_published_meanwhile(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft()
    fields = hidden(editor.get(address(change.id)))
    desk.publish(CLASHING)
    sent = {name: fields[name] for name in ("number", "base")}
    answer = post(editor, address(change.id), text=MINE, **sent)

    assert answer.status_code == 409
    assert "核身后才登记" in answer.text
    assert "核身后马上登记" in answer.text
    assert desk.changes.get(change.id).files == ()


def test_without_a_conflict_its_page_leads_to_the_editor(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft(text=MINE)
    answer = editor.get(address(change.id, part="conflict"))

    assert answer.status_code == 303
    assert answer.headers["location"] == address(change.id)


def test_what_nothing_stands_against_any_more_is_saved(
    desk: EditingDesk, editor: TestClient
) -> None:
    change = desk.draft(text=MINE)
    answer = post(editor, address(change.id, part="conflict"), text=CLASHING, number="1")

    assert answer.status_code == 303
    assert desk.saved(change.id).content == CLASHING


def test_marks_that_were_left_are_faults(desk: EditingDesk, editor: TestClient) -> None:
    change = desk.draft(text=f"{MINE}<<<<<<< 我的改动\n")

    assert "合并冲突的标记还留着" in editor.get(address(change.id)).text


def test_what_is_written_is_shown_as_text(desk: EditingDesk, editor: TestClient) -> None:
    hostile = changed("核对来电人身份。", "</textarea><script>alert(1)</script>")
    change = desk.draft(text=hostile)

    for part in ("", "preview"):
        assert "<script>alert" not in editor.get(address(change.id, part=part)).text
    desk.publish(THEIRS)
    assert "<script>alert" not in editor.get(address(change.id, part="conflict")).text
