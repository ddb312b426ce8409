"""The content around an edited file: what may be referred to."""

from __future__ import annotations

from kb.editing import read_surroundings
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE_PATH, sample_files

SCHEDULED_PATH = LINKED_PATH.replace(".md", "@2027-01-01.md")


def test_a_target_has_title_anchors_with_their_words_and_all_addresses() -> None:
    target = read_surroundings(sample_files()).targets[SAMPLE_PATH]
    assert (target.id, target.title) == ("contact-change", "变更联系电话")
    assert target.anchors["verify"] == "核对来电人身份。"
    assert target.anchors["no-read-out"] == "只核对，不代报"
    assert target.anchors["when"] == "多久生效"
    assert "时效/告知结果" not in target.anchors
    assert {"verify", "verify/必核/1", "时效/告知结果", "when"} <= target.addresses


def test_addresses_are_those_of_all_versions_without_the_file_that_is_edited() -> None:
    later = LINKED.replace("effective_from: 2026-01-01", "effective_from: 2027-01-01")
    later = later.replace("{#collect}", "{#gather}").replace("2026-12-31", "2027-12-31")
    files = sample_files() | {SCHEDULED_PATH: later.encode()}
    surroundings = read_surroundings(files)
    assert {"collect", "gather"} <= surroundings.addresses(without="")["address-change"]
    without = surroundings.addresses(without=SCHEDULED_PATH)["address-change"]
    assert "collect" in without
    assert "gather" not in without
    versions = surroundings.versions("address-change")
    assert [item.path for item in versions] == [LINKED_PATH, SCHEDULED_PATH]


def test_an_unreadable_file_is_no_target_and_stands_in_nobodys_way() -> None:
    surroundings = read_surroundings(sample_files() | {LINKED_PATH: b"\xff"})
    assert surroundings.targets[LINKED_PATH].id == ""
    assert set(surroundings.addresses(without="")) == {"contact-change"}


def test_only_what_changed_is_read_again() -> None:
    earlier = read_surroundings(sample_files())
    changed = read_surroundings(
        sample_files(linked=LINKED.replace("{#collect}", "{#new}")), earlier
    )
    assert changed.targets[SAMPLE_PATH] is earlier.targets[SAMPLE_PATH]
    assert "new" in changed.targets[LINKED_PATH].anchors
