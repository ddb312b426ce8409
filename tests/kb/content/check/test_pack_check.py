"""The check of a whole pack: versions, repeated ids, personal data in data files."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import DATA_FILES, Fault, check_pack, read_pack
from kb.content.check.pack_check import anchors_of
from tests.content_samples import (
    LINKED,
    LINKED_PATH,
    SAMPLE,
    SAMPLE_PATH,
    changed,
    line_of,
    sample_files,
    sample_pack,
)

TODAY = date(2026, 8, 1)
LATER_PATH = "procedures/保全/contact-change@2026-07-01.md"
LATER = changed("effective_from: 2026-01-01", "effective_from: 2026-07-01")


def check(files: dict[str, bytes]) -> list[Fault]:
    return check_pack(read_pack(files), files, TODAY)


def with_until(day: str) -> bytes:
    return changed("review_by:", f"effective_until: {day}\nreview_by:").encode()


def test_a_valid_pack_has_no_faults() -> None:
    assert check(sample_files()) == []


def test_two_versions_of_a_procedure_may_follow_each_other() -> None:
    files = {**sample_files(), LATER_PATH: LATER.encode()}
    assert check(files) == []
    assert check({**files, SAMPLE_PATH: with_until("2026-06-30")}) == []


@pytest.mark.parametrize("until", ["2026-07-01", "2026-12-31"])
def test_a_version_that_begins_before_the_earlier_one_ends_is_a_fault(until: str) -> None:
    files = {**sample_files(), SAMPLE_PATH: with_until(until), LATER_PATH: LATER.encode()}
    assert [(f.file, f.code, f.line) for f in check(files)] == [
        (LATER_PATH, "versions-overlap", line_of("effective_from", LATER))
    ]


def test_one_id_with_one_date_in_two_files_is_a_fault_of_the_later_path() -> None:
    again = SAMPLE_PATH.replace(".md", "@2026-01-01.md")
    assert [
        (f.file, f.code, f.line) for f in check({**sample_files(), again: SAMPLE.encode()})
    ] == [(again, "id-repeated", line_of("id: ", SAMPLE))]


def test_a_broken_version_still_counts_as_a_version() -> None:
    broken = changed("owner: 保全运营\n", "")
    again = SAMPLE_PATH.replace(".md", "@2026-01-01.md")
    assert {f.code for f in check({**sample_files(), again: broken.encode()})} == {
        "header-missing",
        "id-repeated",
    }


@pytest.mark.parametrize("name", DATA_FILES)
def test_personal_data_in_a_data_file_is_a_fault_of_that_file(name: str) -> None:
    files = sample_files()
    files[name] += "# 问 13800138000\n".encode()
    [fault] = check(files)
    assert (fault.file, fault.code) == (name, "personal-data")
    assert fault.line == files[name].count(b"\n")


def test_faults_of_all_files_come_sorted_and_once() -> None:
    files = sample_files(sample=changed("products: [寿险]", "products: [车险]"), linked="x")
    files["calendar.yaml"] = "元旦: {}\n".encode()
    faults = check(files)
    assert faults == sorted(set(faults))
    assert {f.file for f in faults} == {SAMPLE_PATH, LINKED_PATH, "calendar.yaml"}


def test_anchors_hold_the_addresses_of_all_versions() -> None:
    moved = changed("{#verify}", "{#checked}", LATER)
    files = {**sample_files(), LATER_PATH: moved.encode()}
    anchors = anchors_of(read_pack(files))
    assert {"verify", "checked", "when"} <= anchors["contact-change"]
    assert anchors["address-change"] == {"collect", "as-told"}


def test_a_file_without_id_offers_no_address_to_links() -> None:
    pack = sample_pack(linked=LINKED.replace("id: address-change\n", ""))
    assert "address-change" not in anchors_of(pack)
