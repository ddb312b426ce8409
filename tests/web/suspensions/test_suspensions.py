"""紧急停用 on the pages: one person stops, two give back."""

from __future__ import annotations

import re

import pytest

from kb.people import Role
from tests.web.access.people import add_person
from tests.web.changes.newsroom import NewsSite

ID = "contact-change"
WORDS = "核身后当场登记"
STOP = {"procedure": ID, "address": "", "reason": "监管通知，先停"}


@pytest.mark.parametrize("address", ["", "verify"])
def test_one_person_stops_and_two_others_give_it_back(room: NewsSite, address: str) -> None:
    with room.browser(room.reviewer) as reviewer, room.browser(room.compliance) as other:
        assert f"/suspensions?procedure={ID}" in reviewer.get(f"/procedures/{ID}").text
        assert "马上停用" in reviewer.get(f"/suspensions?procedure={ID}&address={address}").text
        answer = reviewer.post(
            "/suspensions", data=STOP | {"address": address}, follow_redirects=False
        )
        assert answer.status_code == 303
        shown = reviewer.get(f"/procedures/{ID}").text
        assert "暂停使用" in shown
        assert "监管通知，先停" in shown
        assert (WORDS in shown) == bool(address)
        page = reviewer.get("/suspensions").text
        (asking,) = re.findall(r'action="(/suspensions/\w+/ask-lift)"', page)
        assert reviewer.post(asking.replace("ask-lift", "lift")).status_code == 409
        reviewer.post(asking)
        own = reviewer.get("/suspensions").text
        assert "由另一个人确认" in own
        assert "确认恢复" not in own
        assert reviewer.post(asking.replace("ask-lift", "lift")).status_code == 403
        other.post(asking.replace("ask-lift", "lift"))
        assert "没有停用的内容" in other.get("/suspensions").text
        assert "暂停使用" not in other.get(f"/procedures/{ID}").text


def test_who_may_not_stop_sees_the_list_alone(room: NewsSite) -> None:
    with room.browser(room.reviewer) as client:
        client.post("/suspensions", data=STOP)
    with room.browser(room.editor) as client:
        page = client.get(f"/suspensions?procedure={ID}").text
        assert "监管通知，先停" in page
        assert "马上停用" not in page
        assert "申请恢复</button>" not in page
        assert "/suspensions?procedure" not in client.get(f"/procedures/{ID}").text
        assert client.post("/suspensions", data=STOP).status_code == 403


def test_the_supervisor_may_stop_too(room: NewsSite) -> None:
    supervisor = add_person(room.site, "zhuguan", Role.SUPERVISOR)

    with room.browser(supervisor) as client:
        assert client.post("/suspensions", data=STOP).status_code == 200


def test_what_cannot_be_stopped_is_told(room: NewsSite) -> None:
    with room.browser(room.reviewer) as client:
        for form, status in (
            (STOP | {"reason": " "}, 422),
            (STOP | {"procedure": "nothing"}, 404),
            (STOP | {"address": "nowhere"}, 422),
        ):
            assert client.post("/suspensions", data=form).status_code == status
        client.post("/suspensions", data=STOP)
        assert client.post("/suspensions", data=STOP).status_code == 409
        assert client.post(f"/suspensions/{'0' * 32}/lift").status_code == 404
