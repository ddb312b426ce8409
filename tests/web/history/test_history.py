"""What was published before: told, compared, brought back, replayed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from kb.changes import ChangeOrigin
from kb.clock import SHANGHAI
from kb.state.tables import publications
from tests.content_samples import LINKED_PATH, SAMPLE, SAMPLE_PATH, changed
from tests.kb.changes.floor import NEW_SUMMARY
from tests.web.changes.newsroom import NewsSite
from tests.web.documents import read_html

ID = "contact-change"
NEWER = changed("核身后当场登记", "先核身再登记")


@pytest.fixture
def twice(room: NewsSite) -> NewsSite:
    """A newsroom that has changed the sample procedure twice: publications 3 and 4."""
    room.published({SAMPLE_PATH: NEW_SUMMARY})
    room.published({SAMPLE_PATH: NEWER})
    room.build()
    return room


def test_the_history_tells_who_changed_it_and_who_approved(twice: NewsSite) -> None:
    with twice.browser(twice.reviewer) as client:
        assert f'href="/procedures/{ID}/history"' in client.get(f"/procedures/{ID}").text
        page = client.get(f"/procedures/{ID}/history")
    rows = [row.text() for row in read_html(page.text).one("tbody").all("tr")]
    assert len(rows) == 3
    assert all("linx的姓名（linx）" in row for row in rows[:2])
    assert all("zhoun的姓名（zhoun） 作为审核" in row for row in rows[:2])
    assert "恢复到此版本" not in page.text


def test_agents_find_no_way_into_the_history(twice: NewsSite) -> None:
    with twice.browser(twice.agent) as client:
        assert "/history" not in client.get(f"/procedures/{ID}").text
        for path in (
            f"/procedures/{ID}/history",
            f"/procedures/{ID}/compare?from=3&to=4",
            "/procedures/retired",
            "/replay",
            f"/replay/2026-01-01T09:00/{ID}",
        ):
            assert client.get(path).status_code == 403


@pytest.mark.parametrize("numbers", ["from=3&to=4", "from=4&to=3"])
def test_any_two_are_compared_the_older_one_left(twice: NewsSite, numbers: str) -> None:
    with twice.browser(twice.reviewer) as client:
        page = client.get(f"/procedures/{ID}/compare?{numbers}")
        same = client.get(f"/procedures/{ID}/compare?from=3&to=3")
        unknown = client.get(f"/procedures/{ID}/compare?from=3&to=9")
        malformed = client.get(f"/procedures/{ID}/compare?from=3&to=")
    assert "第 3 号和第 4 号" in page.text
    assert "".join(item.text() for item in read_html(page.text).all("ins")) == "先再"
    assert "没有变" in same.text
    assert (unknown.status_code, malformed.status_code) == (404, 422)


def test_an_old_version_comes_back_as_a_draft_that_has_to_be_reviewed(twice: NewsSite) -> None:
    form = {"number": "1", "path": SAMPLE_PATH}
    with twice.browser(twice.editor) as client:
        assert "恢复到此版本" in client.get(f"/procedures/{ID}/history").text
        answer = client.post(f"/procedures/{ID}/return", data=form, follow_redirects=False)
    assert answer.status_code == 303
    change = twice.changes.get(answer.headers["location"].removeprefix("/drafts/"))
    assert change.origin is ChangeOrigin.RETURN
    assert [(file.base, file.content) for file in change.files] == [(NEWER, SAMPLE)]
    assert twice.source.read_files()[SAMPLE_PATH].decode() == NEWER


def test_what_cannot_be_brought_back_is_told(twice: NewsSite) -> None:
    with twice.browser(twice.editor) as client:
        for form, status in (
            ({"number": "4", "path": SAMPLE_PATH}, 422),
            ({"number": "9", "path": SAMPLE_PATH}, 404),
            ({"number": "1", "path": LINKED_PATH}, 422),
            ({"number": "x", "path": SAMPLE_PATH}, 422),
        ):
            assert client.post(f"/procedures/{ID}/return", data=form).status_code == status
    with twice.browser(twice.reviewer) as client:
        assert client.post(f"/procedures/{ID}/return", data=form).status_code == 403


def test_the_desk_is_shown_as_it_was(twice: NewsSite) -> None:
    now = datetime.now(UTC)
    moments = {1: now - timedelta(days=9), 3: now - timedelta(days=5), 4: now - timedelta(days=1)}
    with twice.engine.begin() as connection:
        for number, moment in moments.items():
            connection.execute(
                update(publications).where(publications.c.number == number).values(at=moment)
            )

    def at(days: float) -> str:
        return (now - timedelta(days=days)).astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")

    with twice.browser(twice.reviewer) as client:
        assert "核身后当场登记" in client.get(f"/replay/{at(7)}/{ID}").text
        page = client.get(f"/replay/{at(3)}/{ID}").text
        assert "核身后登记" in page
        assert "回放" in page
        assert "有用</button>" not in page
        assert f"/replay/{at(3)}/{ID}?" in page.replace("%3A", ":")
        assert client.get(f"/replay/{at(99)}/{ID}").status_code == 404
        assert client.get(f"/replay/{at(3)}/nothing").status_code == 404
        assert client.get(f"/replay/yesterday/{ID}").status_code == 422
        listed = client.get(f"/replay?at={at(3)}").text
        assert f'/replay/{at(3)}/{ID}"' in listed
        led = client.get(f"/replay?at={at(3)}&procedure={ID}", follow_redirects=False)
        assert led.headers["location"] == f"/replay/{at(3)}/{ID}"
        assert "还没有发布过" in client.get(f"/replay?at={at(99)}").text


def test_what_is_in_force_no_more_is_listed(room: NewsSite) -> None:
    ended = changed(
        "effective_from: 2026-01-01", "effective_from: 2026-01-01\neffective_until: 2026-03-31"
    )
    room.published({SAMPLE_PATH: ended})
    room.published({LINKED_PATH: None})
    room.build()

    with room.browser(room.reviewer) as client:
        page = client.get("/procedures/retired").text
    assert "变更联系电话" in page
    assert "2026-01-01 至 2026-03-31" in page
    assert f"<code>{LINKED_PATH}</code>" in page
