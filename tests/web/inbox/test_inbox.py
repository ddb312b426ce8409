"""What waits for whoever is signed in: notifications and 必读."""

from __future__ import annotations

import re
from datetime import date

from starlette.testclient import TestClient

from kb.changes import ChangeDetails
from kb.people import Role
from tests.content_samples import SAMPLE_PATH
from tests.exam_samples import SEALED, SEALED_PATH
from tests.kb.changes.floor import NEW_SUMMARY
from tests.web.access.people import add_person
from tests.web.changes.newsroom import NewsSite
from tests.web.site import TODAY

URGENT = ChangeDetails("改号码", "通知有变", is_must_read=True)


def in_bar(client: TestClient, words: str) -> bool:
    return f">{words}</a>" in client.get("/").text


def test_what_one_was_told_is_listed_and_counted_until_it_is_read(room: NewsSite) -> None:
    change = room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        assert in_bar(client, "通知 1")
        page = client.get("/notifications")
        assert "改动“改号码”等待审核" in page.text
        assert f'href="{change.href}"' in page.text
        ids = re.findall(r'name="id" value="([^"]+)"', page.text)
        answer = client.post("/notifications", data={"id": ids}, follow_redirects=False)
        assert answer.status_code == 303
        assert not in_bar(client, "通知 1")
        assert "已读" in client.get("/notifications").text


def test_nobody_marks_what_others_were_told(room: NewsSite) -> None:
    room.submitted({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.reviewer) as client:
        page = client.get("/notifications")
        ids = re.findall(r'name="id" value="([^"]+)"', page.text)
    with room.browser(room.agent) as client:
        assert "改号码" not in client.get("/notifications").text
        client.post("/notifications", data={"id": ids})
    with room.browser(room.reviewer) as client:
        assert in_bar(client, "通知 1")


def test_a_must_read_waits_until_it_was_read(room: NewsSite) -> None:
    room.published({SAMPLE_PATH: NEW_SUMMARY}, URGENT)

    with room.browser(room.agent) as client:
        assert in_bar(client, "必读 1")
        page = client.get("/must-read")
        assert "通知有变" in page.text
        assert "<del>当场</del>" in page.text
        answer = client.post("/must-read/3", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/must-read")
        client.post("/must-read/3")
        assert "没有等您看的必读" in client.get("/must-read").text
        assert not in_bar(client, "必读 1")


def test_a_must_read_shows_no_exam_items(room: NewsSite) -> None:
    room.published({SAMPLE_PATH: NEW_SUMMARY, SEALED_PATH: SEALED}, URGENT)

    with room.browser(room.agent) as client:
        page = client.get("/must-read").text
    assert "<del>当场</del>" in page
    assert SEALED_PATH not in page
    assert "家人的号码不登记" not in page


def test_who_came_later_need_not_read_what_was_before(room: NewsSite) -> None:
    room.published({SAMPLE_PATH: NEW_SUMMARY}, URGENT)
    room.site.today = date(2099, 1, 1)
    newcomer = add_person(room.site, "xinren", Role.AGENT)
    room.site.today = TODAY

    with room.browser(newcomer) as client:
        assert "没有等您看的必读" in client.get("/must-read").text


def test_the_supervisor_sees_by_team_who_has_read_it(room: NewsSite) -> None:
    supervisor = add_person(room.site, "zhuguan", Role.SUPERVISOR, team="一组")
    room.published({SAMPLE_PATH: NEW_SUMMARY}, URGENT)
    with room.browser(room.agent) as client:
        client.post("/must-read/3")
        assert client.get("/must-read/3").status_code == 403

    with room.browser(supervisor) as client:
        assert 'href="/must-read/3"' in client.get("/must-read").text
        page = client.get("/must-read/3").text
    assert "已读 1，共 2 人" in page
    assert "zhuguan的姓名（zhuguan）" in page.partition("还没看")[2]
    assert page.index("一组") < page.index("未分班组")


def test_only_what_is_must_read_can_be_acknowledged(room: NewsSite) -> None:
    room.published({SAMPLE_PATH: NEW_SUMMARY})

    with room.browser(room.agent) as client:
        for number in (1, 3, 99):
            assert client.post(f"/must-read/{number}").status_code == 404
