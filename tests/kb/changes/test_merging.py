"""Merging three texts: nothing of either side is lost, and git agrees."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.changes.merging import MergeKind, marked_lines, merge_regions, merged_text

BASE = "一\n二\n三\n四\n五"

LINES = st.lists(st.sampled_from("abcdef"), max_size=8).map("\n".join)


def merged(base: str, ours: str, theirs: str) -> str:
    return merged_text(merge_regions(base, ours, theirs))


def kinds(base: str, ours: str, theirs: str) -> list[MergeKind]:
    return [region.kind for region in merge_regions(base, ours, theirs)]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (BASE, BASE, BASE),
        ("一\n贰\n三\n四\n五", BASE, "一\n贰\n三\n四\n五"),
        (BASE, "一\n二\n三\n四\n伍", "一\n二\n三\n四\n伍"),
        ("壹\n二\n三\n四\n五", "一\n二\n三\n四\n伍", "壹\n二\n三\n四\n伍"),
        ("一\n三\n四\n五", "一\n二\n三\n四\n五\n六", "一\n三\n四\n五\n六"),
        ("一\n贰\n三\n四\n五", "一\n贰\n三\n四\n五", "一\n贰\n三\n四\n五"),
        ("", BASE, ""),
    ],
)
def test_changes_in_different_places_come_together(ours: str, theirs: str, expected: str) -> None:
    assert merged(BASE, ours, theirs) == expected
    assert MergeKind.CONFLICT not in kinds(BASE, ours, theirs)


def test_changes_of_the_same_line_stand_between_marks() -> None:
    text = merged(BASE, "一\n贰\n三\n四\n五", "一\n两\n三\n四\n五")

    assert text == (
        "一\n<<<<<<< 我的改动\n贰\n||||||| 原文\n二\n=======\n两\n>>>>>>> 对方的改动\n三\n四\n五"
    )
    assert marked_lines(text) == [2, 4, 8]
    assert marked_lines(BASE) == []


def test_changes_of_neighbouring_lines_are_a_conflict() -> None:
    assert MergeKind.CONFLICT in kinds(BASE, "一\n贰\n三\n四\n五", "一\n二\n叁\n四\n五")


def test_two_insertions_in_one_place_are_a_conflict() -> None:
    assert MergeKind.CONFLICT in kinds("一\n二", "一\n甲\n二", "一\n乙\n二")


@given(base=LINES, ours=LINES, theirs=LINES)
@settings(max_examples=300)
def test_the_regions_make_up_the_three_texts(base: str, ours: str, theirs: str) -> None:
    regions = merge_regions(base, ours, theirs)
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        lines = [line for region in regions for line in getattr(region, name)]
        assert "\n".join(lines) == text


@given(base=LINES, ours=LINES)
def test_a_change_of_one_side_alone_is_taken_over(base: str, ours: str) -> None:
    assert merged(base, ours, base) == merged(base, base, ours) == merged(base, ours, ours) == ours


@given(base=LINES, ours=LINES, theirs=LINES)
def test_both_sides_see_the_same_conflicts(base: str, ours: str, theirs: str) -> None:
    mirrored = {MergeKind.OURS: MergeKind.THEIRS, MergeKind.THEIRS: MergeKind.OURS}

    seen = [mirrored.get(kind, kind) for kind in kinds(base, ours, theirs)]
    assert kinds(base, theirs, ours) == seen


@given(
    lines=st.lists(st.uuids().map(str), min_size=1, max_size=12, unique=True),
    edits=st.lists(
        st.tuples(st.integers(0, 11), st.sampled_from(("ours", "theirs")), st.booleans()),
        max_size=4,
    ),
)
@settings(max_examples=40, deadline=None)
def test_git_merges_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    edits: list[tuple[int, str, bool]],
) -> None:
    sides = {"base": lines, "ours": list(lines), "theirs": list(lines)}
    for place, side, is_deletion in edits:
        place %= len(lines)
        sides[side][place] = "" if is_deletion else f"{side} {place}"
    texts = {name: "\n".join(filter(None, side)) for name, side in sides.items()}
    folder = tmp_path_factory.mktemp("merge")

    is_conflict = MergeKind.CONFLICT in kinds(**texts)
    assert git_merge(folder, texts) == (None if is_conflict else merged(**texts))


def git_merge(folder: Path, texts: dict[str, str]) -> str | None:
    """Return what git makes of the texts, None when it finds a conflict."""
    for name, text in texts.items():
        (folder / name).write_text(f"{text}\n" if text else "", encoding="utf-8")
    command = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    result = subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True)
    return None if result.returncode else result.stdout.removesuffix("\n")
