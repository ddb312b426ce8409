"""Two texts of a file as a page shows them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kb.changes import Comment
from web.changes.side_by_side import CommentPlace, compare_file, read_comment_place

OLD = "\n".join(f"第 {number} 行" for number in range(1, 31))
NEW = OLD.replace("第 15 行", "第 15 条行")


def comment(line: int) -> Comment:
    return Comment("c", "a.md", line, "话", "someone", "某人", datetime.now(UTC), None, None)


def folds(**more: object) -> list[tuple[int, bool]]:
    file = compare_file("a.md", OLD, NEW, **more)  # type: ignore[arg-type]
    return [(len(chunk.rows), chunk.is_folded) for chunk in file.chunks]


def test_lines_far_from_a_change_are_folded() -> None:
    assert folds() == [(11, True), (7, False), (12, True)]


def test_a_comment_opens_its_surroundings() -> None:
    assert folds(comments=[comment(1)]) == [
        (4, False),
        (7, True),
        (7, False),
        (12, True),
    ]


def test_the_form_for_a_comment_opens_its_surroundings() -> None:
    assert folds(place=CommentPlace("a.md", 30))[-1] == (4, False)
    assert folds(place=CommentPlace("b.md", 30)) == folds()


def test_a_comment_on_a_line_that_is_gone_stands_above_the_file() -> None:
    file = compare_file("a.md", OLD, NEW, [comment(0), comment(99)])

    assert [item.line for item in file.comments] == [0, 99]


@pytest.mark.parametrize(
    ("before", "after", "does"), [(None, NEW, "新增"), (OLD, None, "删除"), (OLD, NEW, "修改")]
)
def test_it_says_what_happens_to_the_file(before: str | None, after: str | None, does: str) -> None:
    file = compare_file("a.md", before, after)

    assert file.does == does
    assert (file.added, file.removed) == {
        "新增": (30, 0),
        "删除": (0, 30),
        "修改": (1, 1),
    }[does]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a:b.md:3", CommentPlace("a:b.md", 3)),
        ("a.md:0", CommentPlace("a.md", 0)),
        ("a.md", None),
        (":3", None),
        ("a.md:-1", None),
        ("a.md:99999999999", None),
        ("", None),
    ],
)
def test_a_place_is_read_from_an_address(text: str, place: CommentPlace | None) -> None:
    assert read_comment_place(text) == place
