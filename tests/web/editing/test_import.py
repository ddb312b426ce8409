"""A document becomes a draft; what has no place in it is told, and what is no document refused."""

from __future__ import annotations

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kb.changes import ChangeOrigin
from kb.importing.reading import MAX_BYTES
from tests.kb.importing.documents import TITLE, standard
from tests.web.editing.desk import EditingDesk

PATH = "procedures/保全/phone-standard.md"


def upload(client: TestClient, data: bytes, id_: str = "phone-standard", **more: str) -> Response:
    """Send a document as the form does: the token in the address."""
    token = client.headers["x-csrf-token"]
    fields = {"id": id_, "category": "保全", **more}
    files = {"file": ("标准.docx", data)}
    return client.post(f"/drafts/import?csrf={token}", data=fields, files=files)


def test_a_document_becomes_a_draft(desk: EditingDesk, editor: TestClient) -> None:
    assert "导入文档" in editor.get("/drafts/import").text
    answer = upload(editor, standard())

    assert answer.status_code == 201, answer.text
    (change,) = desk.changes.listed()
    assert change.origin is ChangeOrigin.IMPORT
    file = desk.saved(change.id, PATH)
    assert TITLE in (file.content or "")
    assert "铃响三声内接起" in (file.content or "")
    assert "内部资料" in answer.text
    assert "页眉" in answer.text
    assert "内部资料" in change.reason
    assert f'href="/drafts/{change.id}/files/' in answer.text


def test_the_category_is_guessed_when_none_is_chosen(desk: EditingDesk, editor: TestClient) -> None:
    answer = upload(editor, "保全办理标准\n\n1. 核对身份。\n".encode(), category="")

    assert answer.status_code == 201
    assert PATH in answer.text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 x", b"PK\x03\x04 broken", b"\xff\xfe\x00\xd8"])
def test_what_is_no_document_is_refused_on_the_page(
    desk: EditingDesk, editor: TestClient, data: bytes
) -> None:
    answer = upload(editor, data)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="phone-standard"' in answer.text
    assert desk.changes.listed() == []


@pytest.mark.parametrize("id_", ["", "Phone", "contact-change"])
def test_the_id_is_checked(desk: EditingDesk, editor: TestClient, id_: str) -> None:
    assert upload(editor, standard(), id_).status_code == 422
    assert desk.changes.listed() == []


def test_a_document_that_is_too_big_is_not_read(editor: TestClient) -> None:
    assert upload(editor, b"a" * (MAX_BYTES + 100_000)).status_code == 413


def test_a_form_without_a_file_or_of_another_kind_is_refused(editor: TestClient) -> None:
    token = editor.headers["x-csrf-token"]
    address = f"/drafts/import?csrf={token}"
    assert editor.post(address, data={"id": "x", "csrf": token}).status_code == 415
    sent = {"id": (None, "phone-standard"), "category": (None, "保全")}
    assert editor.post(address, files=sent).status_code == 422


def test_the_form_needs_the_token(editor: TestClient) -> None:
    files = {"file": ("标准.txt", b"a")}
    del editor.headers["x-csrf-token"]
    assert editor.post("/drafts/import", data={"id": "x"}, files=files).status_code == 403


def test_hostile_words_are_shown_as_text(editor: TestClient) -> None:
    answer = upload(editor, b"<script>alert(1)</script>{#x}\n")

    assert "<script>alert" not in answer.text
