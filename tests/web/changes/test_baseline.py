"""The baseline: what nobody has approved says so, until two persons have."""

from __future__ import annotations

from kb.people import Role
from tests.web.changes.newsroom import NewsSite
from tests.web.processes import wait_until
from tests.web.site import Site

BADGE = "未经审核"


def approve(room: NewsSite, who: str, role: Role) -> int:
    with room.browser(getattr(room, who)) as client:
        answer = client.post("/changes/baseline", data={"role": role}, follow_redirects=False)
    return answer.status_code


def test_the_list_leads_to_what_has_to_be_taken_over(fresh: NewsSite) -> None:
    with fresh.browser(fresh.reviewer) as client:
        assert "/changes/baseline" in client.get("/changes").text
        page = client.get("/changes/baseline")
        assert "contact-change.md" in page.text
        assert "作为“审核”批准接管" in page.text
        assert "作为“合规”批准接管" not in page.text


def test_two_persons_take_the_content_over_and_the_badge_goes(fresh: NewsSite) -> None:
    with fresh.browser(fresh.agent) as desk:
        assert BADGE in desk.get("/").text
        assert approve(fresh, "reviewer", Role.REVIEWER) == 303
        assert not fresh.publisher.baseline().is_published
        assert approve(fresh, "compliance", Role.COMPLIANCE) == 303
        assert fresh.publisher.baseline().is_published
        wait_until(lambda: BADGE not in desk.get("/").text, "the badge goes")
    with fresh.browser(fresh.editor) as client:
        assert "基线批准" not in client.get("/changes").text
        assert "已由两个人批准接管" in client.get("/changes/baseline").text


def test_one_person_with_both_roles_is_not_enough(fresh: NewsSite) -> None:
    assert approve(fresh, "chief", Role.REVIEWER) == 303
    assert approve(fresh, "chief", Role.COMPLIANCE) == 303
    assert not fresh.publisher.baseline().is_published
    with fresh.browser(fresh.chief) as client:
        assert "另一个批准要由别人给" in client.get("/changes/baseline").text


def test_a_role_that_one_lacks_is_refused(fresh: NewsSite) -> None:
    assert approve(fresh, "reviewer", Role.COMPLIANCE) == 403
    assert approve(fresh, "reviewer", Role.EDITOR) == 403


def test_a_plain_folder_is_served_without_review(dated: Site) -> None:
    with dated.client() as client:
        assert BADGE in client.get("/").text
