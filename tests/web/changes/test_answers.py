"""A changed procedure as the desk shows it, before and after."""

from __future__ import annotations

from urllib.parse import quote

from tests.content_samples import SAMPLE_PATH
from tests.kb.changes.floor import NEW_SUMMARY
from tests.web.changes.newsroom import NewsSite

PATH = quote(SAMPLE_PATH)


def test_both_sides_are_shown_as_the_desk_does(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        assert f"{change.href}/after/{PATH}" in client.get(change.href).text
        before = client.get(f"{change.href}/before/{PATH}").text
        after = client.get(f"{change.href}/after/{PATH}").text
        asked = client.get(f"{change.href}/after/{PATH}?办理人=代办").text
    assert "核身后当场登记" in before
    assert "核身后登记" in after
    assert '<article class="answer"' in after
    assert f"{change.href}/after/{SAMPLE_PATH}?" in after
    assert "仅 办理人＝代办" in after
    assert "仅 办理人＝代办" not in asked


def test_what_is_no_procedure_of_the_change_is_not_found(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: None})

    with room.browser(room.reviewer) as client:
        for path in (f"after/{PATH}", "before/regulations.yaml", "before/%E5%88%AB%E7%9A%84.md"):
            assert client.get(f"{change.href}/{path}").status_code == 404
