"""A file that cannot be read: listed with its faults, its last readable version in service."""

from __future__ import annotations

import pytest

from tests.kb.indexing.desks import Desk, path_of

PATH = path_of("surrender")


def break_file(desk: Desk) -> None:
    """Spoil a procedure that was readable."""
    desk.write({PATH: "---\nid: [\n"})


def assert_kept(desk: Desk) -> None:
    """The last readable version is served, and the health says so."""
    health = desk.view.health()
    assert desk.found("退保") == ["surrender"]
    assert desk.view.procedure("surrender").title == "退保材料"
    assert not health.is_good
    assert {fault.file for fault in health.faults} == {PATH}
    assert all(fault.severity == "error" and fault.line >= 1 for fault in health.faults)
    assert health.kept == (PATH,)


def test_it_keeps_its_last_readable_version_in_service(desk: Desk) -> None:
    break_file(desk)
    assert desk.refresh()
    assert_kept(desk)


def test_it_is_kept_when_another_file_changes(desk: Desk) -> None:
    break_file(desk)
    desk.refresh()
    desk.publish("payment", "受益人变更")
    desk.refresh()
    assert_kept(desk)


def test_it_is_kept_over_a_full_build(desk: Desk) -> None:
    break_file(desk)
    desk.refresh()
    desk.write({"lexicon/terms.txt": "退保材料\n"})
    desk.refresh()
    assert_kept(desk)


def test_it_is_kept_when_it_breaks_together_with_a_full_build(desk: Desk) -> None:
    break_file(desk)
    desk.write({"lexicon/terms.txt": "退保材料\n"})
    desk.refresh()
    assert_kept(desk)


def test_it_is_kept_when_it_breaks_again_in_another_way(desk: Desk) -> None:
    break_file(desk)
    desk.refresh()
    desk.write({PATH: ""})
    desk.refresh()
    assert_kept(desk)


def test_it_is_kept_when_the_builder_starts_again(desk: Desk) -> None:
    break_file(desk)
    desk.refresh()
    desk.builder = desk.new_builder()
    desk.write({"lexicon/terms.txt": "退保材料\n"})
    desk.refresh()
    assert_kept(desk)


def test_it_is_kept_when_it_broke_while_no_builder_ran(desk: Desk) -> None:
    break_file(desk)
    desk.builder = desk.new_builder()
    assert desk.refresh()
    assert_kept(desk)


def test_mended_it_is_served_anew_and_no_longer_listed(desk: Desk) -> None:
    break_file(desk)
    desk.refresh()
    desk.publish("surrender", "退保退款")
    desk.refresh()
    assert desk.view.procedure("surrender").title == "退保退款"
    assert desk.view.health().is_good
    assert desk.view.health().kept == ()


@pytest.mark.parametrize("is_full", [False, True])
def test_deleted_it_is_gone_and_no_longer_listed(desk: Desk, is_full: bool) -> None:
    break_file(desk)
    desk.refresh()
    desk.remove("surrender")
    if is_full:
        desk.write({"lexicon/terms.txt": "退保材料\n"})
    desk.refresh()
    assert desk.found("退保") == []
    assert desk.view.health().is_good
    assert desk.view.health().kept == ()


def test_a_file_that_was_never_readable_is_listed_and_not_served(desk: Desk) -> None:
    desk.write({path_of("new"): "broken"})
    desk.refresh()
    assert {file for file, _ in desk.faults} == {path_of("new")}
    assert desk.view.health().kept == ()
    assert desk.view.health().versions == 3


def test_without_the_index_its_last_version_is_lost_and_it_is_still_listed(desk: Desk) -> None:
    """The files are the truth; the index may be deleted at any time."""
    break_file(desk)
    desk.refresh()
    (desk.index / "CURRENT").unlink()
    desk.builder = desk.new_builder()
    assert desk.refresh()
    assert desk.found("退保") == []
    assert {file for file, _ in desk.faults} == {PATH}
    assert desk.view.health().kept == ()


def test_bytes_that_rotted_in_the_index_are_not_taken_over_as_its_last_version(
    scrubbing_desk: Desk,
) -> None:
    desk = scrubbing_desk
    break_file(desk)
    desk.refresh()
    for segment in desk.generation.whoosh.iterdir():
        data = segment.read_bytes()
        with segment.open("r+b") as file:
            file.write(data.replace("只收必要的信息".encode(), "只收不要的信息".encode()))
    assert desk.refresh()
    for card in desk.view.versions("surrender"):
        note = desk.view.revision("surrender", card.revision).notes[0]
        assert note.text.plain == "只收必要的信息"
