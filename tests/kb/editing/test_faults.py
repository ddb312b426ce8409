"""The check while typing: one file, with references into the content around it."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import read_content_files
from kb.editing import Surroundings, check_text, read_surroundings
from kb.settings import PACKAGED_CONTENT
from tests.content_samples import (
    LINKED_PATH,
    REFERENCE_FILES,
    SAMPLE,
    SAMPLE_PATH,
    changed,
    line_of,
    places,
    sample_files,
)
from tests.exam_samples import EXAM, EXAM_PATH

TODAY = date(2026, 8, 1)


@pytest.fixture(scope="module")
def surroundings() -> Surroundings:
    return read_surroundings(sample_files())


def test_a_file_in_order_has_no_faults(surroundings: Surroundings) -> None:
    assert check_text(SAMPLE_PATH, SAMPLE, surroundings, TODAY) == []


def test_faults_come_with_line_and_column(surroundings: Surroundings) -> None:
    text = changed("系统登记不上。", "打13800138000〔无此法§1〕。")
    faults = check_text(SAMPLE_PATH, text, surroundings, TODAY)
    line = line_of("打13800138000", text)
    assert places(faults) == [("citation-unknown-law", line), ("personal-data", line)]
    assert [fault.column for fault in faults] == [1, len("- 转二线: 打") + 1]


def test_a_new_anchor_of_the_file_itself_may_be_linked(surroundings: Surroundings) -> None:
    text = changed("{#register}", "{#entry}")
    linking = changed("系统登记不上。", "见[登记](contact-change#entry)。", text)
    assert check_text(SAMPLE_PATH, linking, surroundings, TODAY) == []


def test_a_link_to_an_anchor_just_taken_away_is_a_fault(surroundings: Surroundings) -> None:
    """Though the published version still has it."""
    text = changed("系统登记不上。", "见[登记](contact-change#register)。")
    assert check_text(SAMPLE_PATH, text, surroundings, TODAY) == []
    gone = changed("{#register}", "{#entry}", text)
    assert places(check_text(SAMPLE_PATH, gone, surroundings, TODAY)) == [
        ("link-broken", line_of("见[登记]", gone))
    ]


def test_a_link_to_a_procedure_of_the_same_change_is_none() -> None:
    text = changed("address-change#collect", "address-new#collect")
    text = changed("related: [address-change]", "related: [address-new]", text)
    files = sample_files()
    assert check_text(SAMPLE_PATH, text, read_surroundings(files), TODAY)
    moved = files[LINKED_PATH].replace(b"id: address-change", b"id: address-new")
    files[LINKED_PATH.replace("address-change", "address-new")] = moved
    assert check_text(SAMPLE_PATH, text, read_surroundings(files), TODAY) == []


@pytest.mark.parametrize("text", ["", "\n", "---", "无", "\x00", "\ud800", "---\n---\n## "])
def test_a_half_written_file_has_faults_and_breaks_nothing(
    surroundings: Surroundings, text: str
) -> None:
    assert check_text(SAMPLE_PATH, text, surroundings, TODAY)


@pytest.mark.parametrize("path", REFERENCE_FILES)
def test_a_data_file_in_order_has_no_faults(surroundings: Surroundings, path: str) -> None:
    assert check_text(path, REFERENCE_FILES[path], surroundings, TODAY) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        ("regulations.yaml", "title: 示例法全称", "titel: 示例法全称", "register-value"),
        ("vocabulary.yaml", "categories: [保全, 理赔]", "categories: []", "vocabulary-value"),
        ("desk.yaml", "hours: 8", "hours: 800", "desk-value"),
        ("lexicon/terms.txt", "投保人", "投保人13800138000", "personal-data"),
    ],
)
def test_a_data_file_has_its_own_faults_alone(
    surroundings: Surroundings, path: str, old: str, new: str, code: str
) -> None:
    faults = check_text(path, changed(old, new, REFERENCE_FILES[path]), surroundings, TODAY)
    assert code in {fault.code for fault in faults}
    assert {fault.file for fault in faults} == {path}


def test_what_was_heard_is_searched_for_personal_data(surroundings: Surroundings) -> None:
    path = "heard/contact-change.txt"
    assert check_text(path, "换号码了\n", surroundings, TODAY) == []
    assert places(check_text(path, "换号\n13800138000\n", surroundings, TODAY)) == [
        ("personal-data", 2)
    ]


def test_exam_items_are_checked_beside_the_procedures(surroundings: Surroundings) -> None:
    assert check_text(EXAM_PATH, EXAM, surroundings, TODAY) == []
    text = changed("关联: contact-change#verify", "关联: contact-chance#verify", EXAM)
    (fault,) = check_text(EXAM_PATH, text, surroundings, TODAY)
    assert (fault.code, fault.file) == ("link-broken", EXAM_PATH)


def test_every_file_of_the_pack_passes() -> None:
    files = read_content_files(PACKAGED_CONTENT)
    surroundings = read_surroundings(files)
    for path, data in files.items():
        assert check_text(path, data.decode(), surroundings, date(2026, 6, 1)) == [], path
