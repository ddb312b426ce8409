"""What the editor's script asks, and how it is answered."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kb.content import MAX_FILE_BYTES
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, line_of
from tests.web.editing.desk import EditingDesk, address, hidden

MINE = changed("核身后当场登记", "核身后马上登记")
PHONE = "13800138000"
NAMES = ("check", "complete", "preview", "save")


def ask(client: TestClient, draft_id: str, name: str, query: str = "", **values: Any) -> Response:
    """Ask as the script does."""
    return client.post(address(draft_id, part=name) + query, json=values)


@pytest.fixture
def draft_id(desk: EditingDesk) -> str:
    """A draft in which the sample procedure is changed: its first save."""
    return desk.draft(text=MINE).id


def test_faults_are_told_with_line_and_column(editor: TestClient, draft_id: str) -> None:
    text = changed("姓名和证件号码〔示例法§6〕", "姓名和证件号码〔无此法§6〕")
    (fault,) = ask(editor, draft_id, "check", text=text).json()["faults"]

    assert fault["line"] == line_of("〔无此法", text)
    assert fault["severity"] == "error"
    assert {"column", "message", "fix"} <= fault.keys()


def test_a_file_may_refer_to_another_of_its_draft(
    desk: EditingDesk, editor: TestClient, draft_id: str
) -> None:
    text = changed("related: [address-change]", "related: [other-change]")
    assert ask(editor, draft_id, "check", text=text).json()["faults"]
    other = SAMPLE.replace("id: contact-change", "id: other-change")
    path = "procedures/保全/other-change.md"
    desk.changes.save_file(draft_id, path, other, 0, None, desk.editor)

    assert ask(editor, draft_id, "check", text=text).json()["faults"] == []


def test_what_can_be_written_at_the_cursor_is_told(editor: TestClient, draft_id: str) -> None:
    text = f"{SAMPLE}\n〔示"
    line = text.count("\n") + 1
    answer = ask(editor, draft_id, "complete", text=text, line=line, column=3).json()

    assert answer["column"] == 2
    assert answer["candidates"][0]["label"] == "示例法"
    assert answer["candidates"][0].keys() == {"label", "detail", "insert"}


def test_the_preview_is_the_answer_with_its_lines(editor: TestClient, draft_id: str) -> None:
    answer = ask(editor, draft_id, "preview", text=changed("核对来电人身份", "先核对身份"))

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "先核对身份" in answer.text
    assert "<!doctype" not in answer.text
    assert f'data-line="{line_of("1. 核对来电人身份", SAMPLE)}"' in answer.text
    assert "/feedback" not in answer.text


def test_the_preview_is_what_the_desk_will_show(
    desk: EditingDesk, editor: TestClient, draft_id: str
) -> None:
    call = "?办理人=代办&核身=已核"
    shown = ask(editor, draft_id, "preview", call, text=SAMPLE).text
    served = editor.get(f"/procedures/contact-change{call}").text

    for piece in ("已收起不适用的", "委托书写明代办事项", "授权委托书", "最后一日"):
        assert (piece in shown) == (piece in served), piece


def test_a_save_is_answered_with_its_number_and_what_was_masked(
    desk: EditingDesk, editor: TestClient, draft_id: str
) -> None:
    text = changed("系统登记不上。", f"打{PHONE}。")
    answer = ask(editor, draft_id, "save", text=text, number=1).json()

    saved = desk.saved(draft_id)
    line = line_of("- 转二线:", text)
    masked = (saved.content or "").split("\n")[line - 1]
    assert answer == {"number": 2, "masked": [{"line": line, "text": masked}]}
    assert PHONE not in masked


def test_a_first_save_says_what_it_was_made_from(desk: EditingDesk, editor: TestClient) -> None:
    draft_id = desk.draft().id
    base = hidden(editor.get(address(draft_id)))["base"]

    assert ask(editor, draft_id, "save", text=MINE, number=0).status_code == 409
    saved = ask(editor, draft_id, "save", f"?base={base}", text=MINE, number=0)
    assert saved.json() == {"number": 1, "masked": []}
    assert desk.saved(draft_id).base == SAMPLE


def test_the_same_save_again_is_answered_like_the_first_time(
    desk: EditingDesk, editor: TestClient, draft_id: str
) -> None:
    sent = {"text": changed("系统登记不上。", f"打{PHONE}。"), "number": 1}
    first = ask(editor, draft_id, "save", **sent)
    again = ask(editor, draft_id, "save", **sent)

    assert again.json() == first.json()
    assert desk.saved(draft_id).number == 2


def test_the_same_words_of_another_person_are_a_conflict(
    desk: EditingDesk, editor: TestClient, draft_id: str
) -> None:
    desk.changes.save_file(draft_id, SAMPLE_PATH, SAMPLE + "甲\n", 1, None, desk.second)
    answer = ask(editor, draft_id, "save", text=SAMPLE + "乙\n", number=1)

    assert answer.status_code == 409
    assert answer.json() == {"conflict": address(draft_id, part="conflict")}


def test_what_was_taken_back_to_the_published_text_can_be_saved_on(
    desk: EditingDesk, editor: TestClient, draft_id: str
) -> None:
    assert ask(editor, draft_id, "save", text=SAMPLE, number=1).json()["number"] == 2
    assert desk.changes.get(draft_id).files == ()
    assert ask(editor, draft_id, "save", text=MINE, number=2).json()["number"] == 3
    assert desk.saved(draft_id).base == SAMPLE


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "sent", [{}, {"text": 1}, {"text": None, "number": 1}, [], "文字"], ids=str
)
def test_what_is_incomplete_is_refused(
    editor: TestClient, draft_id: str, name: str, sent: Any
) -> None:
    answer = editor.post(address(draft_id, part=name), json=sent)

    assert answer.status_code == 422
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("number", [None, -1, True, "1", 1.5, 10**12])
def test_a_number_is_a_whole_number(
    desk: EditingDesk, editor: TestClient, draft_id: str, number: Any
) -> None:
    assert ask(editor, draft_id, "save", text=SAMPLE, number=number).status_code == 422
    assert desk.saved(draft_id).content == MINE


@pytest.mark.parametrize("name", NAMES)
def test_what_is_too_long_is_refused(editor: TestClient, draft_id: str, name: str) -> None:
    sent = {"number": 1, "line": 1, "column": 1}
    assert ask(editor, draft_id, name, text="a" * MAX_FILE_BYTES, **sent).status_code == 200
    too_long = ask(editor, draft_id, name, text="a" * (MAX_FILE_BYTES + 1), **sent)
    assert too_long.status_code == 422
    assert ask(editor, draft_id, name, text="a" * 600_000, **sent).status_code == 413


@pytest.mark.parametrize("name", NAMES)
def test_a_text_that_has_no_bytes_is_no_fault_of_the_server(
    editor: TestClient, draft_id: str, name: str
) -> None:
    body = '{"text": "\\ud800", "number": 1, "line": 1, "column": 1}'
    headers = {"Content-Type": "application/json"}
    answer = editor.post(address(draft_id, part=name), content=body, headers=headers)

    assert answer.status_code < 500


def test_nothing_but_json_is_read(editor: TestClient, draft_id: str) -> None:
    answer = editor.post(address(draft_id, part="save"), data={"text": SAMPLE, "number": "1"})
    assert answer.status_code == 422


def test_a_draft_that_takes_no_words_says_so(
    desk: EditingDesk, editor: TestClient, draft_id: str
) -> None:
    desk.changes.withdraw(draft_id, desk.editor)
    answer = ask(editor, draft_id, "save", text=SAMPLE, number=1)

    assert answer.status_code == 422
    assert "已撤回" in answer.json()["error"]["message"]


@pytest.mark.parametrize("name", NAMES)
def test_the_script_sends_the_token_of_the_session(
    editor: TestClient, draft_id: str, name: str
) -> None:
    del editor.headers["x-csrf-token"]

    assert ask(editor, draft_id, name, text=SAMPLE, number=1).status_code == 403
