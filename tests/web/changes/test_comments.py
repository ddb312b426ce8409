"""Comments on lines: said where they belong, told to the editors, resolved."""

from __future__ import annotations

import re

from kb.notifications import list_notifications
from kb.state import reading
from tests.content_samples import SAMPLE_PATH
from tests.kb.changes.floor import NEW_SUMMARY
from tests.web.changes.newsroom import NewsSite

LINE = f"{SAMPLE_PATH}:5"


def test_a_line_is_commented_without_a_script_and_resolved(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        form = client.get(f"{change.href}?comment={LINE}")
        assert f'name="place" value="{LINE}"' in form.text
        answer = client.post(
            f"{change.href}/comments",
            data={"place": LINE, "text": "为什么不当场？"},
            follow_redirects=False,
        )
        assert answer.status_code == 303
        assert answer.headers["location"].endswith(":5")
        page = client.get(change.href)
    assert "为什么不当场？" in page.text
    with reading(room.engine) as connection:
        told = list_notifications(connection, room.editor.id)
    assert any("评论了“改号码”" in item.text for item in told)
    with room.browser(room.editor) as client:
        (action,) = re.findall(r'action="([^"]+/resolve)"', client.get(change.href).text)
        client.post(action)
        page = client.get(change.href)
    assert "已解决" in page.text
    assert "/resolve" not in page.text


def test_a_comment_on_the_whole_file_stands_above_it(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        assert "评论整个文件<textarea" in client.get(f"{change.href}?comment={SAMPLE_PATH}:0").text
        client.post(
            f"{change.href}/comments", data={"place": f"{SAMPLE_PATH}:0", "text": "写得清楚"}
        )
        assert "写得清楚" in client.get(change.href).text


def test_what_cannot_be_commented_is_told_on_the_page(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        for place, text, words in (
            ("procedures/别的.md:1", "话", "不在这次改动里"),
            (LINE, " ", "请写评论的内容"),
            ("nothing", "话", "没有说明评论哪一行"),
        ):
            answer = client.post(f"{change.href}/comments", data={"place": place, "text": text})
            assert answer.status_code == 422
            assert words in answer.text
        assert client.get(f"{change.href}?comment=nothing").status_code == 200
