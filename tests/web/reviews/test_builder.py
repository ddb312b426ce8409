"""What has to be looked at is derived once for each view."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from kb.reviewing import HashesBefore
from kb.reviewing.store import ReviewTasks
from tests.kb.indexing.desks import Desk
from tests.kb.reviewing.git_content import GitContent
from tests.kb.reviewing.marked import database_in, mark
from web.reviews.builder import (
    OpenReviewsReader,
    ReviewFilter,
    impact_sections,
    read_progress,
)


def test_a_view_is_read_once_and_another_one_anew(tmp_path: Path) -> None:
    desk, reader = Desk(tmp_path), OpenReviewsReader()
    desk.publish("surrender", "退保材料")
    mark(desk)
    desk.refresh()
    first = reader.read(desk.view)
    assert reader.read(desk.view) is first
    assert [len(impact.parts) for impact in first.impacts] == [1]

    desk.publish("payment", "续期缴费")
    desk.refresh()
    assert [len(impact.parts) for impact in reader.read(desk.view).impacts] == [2]


def test_a_view_that_is_no_longer_in_use_is_let_go(tmp_path: Path) -> None:
    desk, reader = Desk(tmp_path), OpenReviewsReader()
    desk.publish("surrender", "退保材料")
    desk.refresh()
    reader.read(desk.view)
    old = weakref.ref(desk.view)
    desk.publish("payment", "续期缴费")
    desk.refresh()
    gc.collect()

    assert old() is None


def test_what_was_changed_since_the_mark_is_done_where_there_is_a_history(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for name in ("reworded", "same"):
        desk.publish(name, "退保材料")
    content = GitContent(desk.content)
    content.commit()
    mark(desk)
    content.commit()
    desk.publish("reworded", "退保材料", note="期限缩短了")
    content.commit()
    desk.refresh()
    reviews, tasks = OpenReviewsReader().read(desk.view), ReviewTasks(database_in(tmp_path))

    def done_with(history: HashesBefore | None) -> list[str]:
        progress = read_progress(reviews, tasks, history)
        (section,) = impact_sections(reviews, progress, ReviewFilter("", ""))
        return [f"{row.card.id} {row.state}" for row in section.done]

    assert done_with(HashesBefore(content)) == ["reworded 已修改"]
    assert done_with(None) == []
