"""`GET /reply-time`: by when a reply can be promised to who asks now."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from api.schemas import ReplyTimeBody
from kb.content.desk import DESK_FILE
from tests.api.endpoints import BASE
from tests.content_samples import sample_files
from tests.web.site import Site, site_of

RULE = "工作时间8小时（工作日09:00–18:00）"


def body(site: Site) -> dict[str, str | None]:
    with site.client() as client:
        answer = client.get(f"{BASE}/reply-time")
    assert answer.status_code == 200, answer.text
    read: dict[str, str | None] = answer.json()
    assert ReplyTimeBody.model_validate(read).model_dump(mode="json") == read
    return read


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return site_of(tmp_path, sample_files())


def test_a_reply_is_due_after_the_promised_working_hours(site: Site) -> None:
    site.today, site.time = date(2026, 11, 23), time(18, 30)
    assert body(site) == {
        "asked_at": "2026-11-23T18:30:00+08:00",
        "reply_by": "2026-11-24T17:00:00+08:00",
        "wording": "11月24日（周二）17:00前",
        "rule": RULE,
    }


def test_a_year_without_published_holidays_has_no_reply_time_and_says_so(site: Site) -> None:
    site.today, site.time = date(2098, 6, 1), time(10)
    assert body(site) == {
        "asked_at": "2098-06-01T10:00:00+08:00",
        "reply_by": None,
        "wording": "2098 年放假安排尚未公布，答复时间未定",
        "rule": RULE,
    }


def test_a_pack_without_a_promise_promises_nothing(tmp_path: Path) -> None:
    files = sample_files()
    del files[DESK_FILE]
    assert body(site_of(tmp_path, files)) == {
        "asked_at": "2026-06-01T10:00:00+08:00",
        "reply_by": None,
        "wording": None,
        "rule": None,
    }
