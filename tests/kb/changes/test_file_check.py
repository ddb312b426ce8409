"""One file checked while it is typed: as the whole check finds it, as far as one file tells."""

from __future__ import annotations

from datetime import date

import pytest

from kb.changes import FileChecker
from kb.content import Fault, check_pack, read_content_files, read_pack
from kb.settings import PACKAGED_CONTENT
from tests.content_samples import (
    LINKED,
    LINKED_PATH,
    REFERENCE_FILES,
    SAMPLE,
    SAMPLE_PATH,
    VOCABULARY,
    changed,
    sample_files,
)

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def checker() -> FileChecker:
    return FileChecker.read(sample_files())


def codes(faults: list[Fault]) -> list[str]:
    return [fault.code for fault in faults]


def test_what_is_published_has_no_faults() -> None:
    files = read_content_files(PACKAGED_CONTENT)
    checker = FileChecker.read(files)
    today = date(2026, 11, 22)

    assert {
        path: faults
        for path, data in files.items()
        if (faults := checker.check(path, data.decode(), today))
    } == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("category: 保全", "category: 不明"),
        ("address-change#collect", "address-change#nowhere"),
        ("〔示例法§6〕 {#no-read-out}", "〔示例法§9〕 {#no-read-out}"),
        ("办理人=代办}\n   - 必说", "办理人=儿子}\n   - 必说"),
        ("review_by: 2026-12-31", "review_by: 2026-03-31"),
        ("summary: ", "summary: 13812345678"),
    ],
)
def test_the_faults_of_a_procedure_are_those_of_the_whole_check(
    checker: FileChecker, old: str, new: str
) -> None:
    text = changed(old, new)
    files = sample_files(sample=text)

    found = checker.check(SAMPLE_PATH, text, TODAY)
    assert found != []
    assert found == check_pack(read_pack(files), files, TODAY)


def test_a_procedure_may_link_to_its_own_new_parts(checker: FileChecker) -> None:
    text = changed("登记后当天生效", "登记后当天生效，见[下一步](contact-change#signed)")
    assert codes(checker.check(SAMPLE_PATH, text, TODAY)) == ["link-broken"]

    text = changed("{#register}", "{#signed}", text)
    assert checker.check(SAMPLE_PATH, text, TODAY) == []


def test_other_files_of_the_draft_count(checker: FileChecker) -> None:
    text = changed("address-change#collect", "address-change#note-down")
    other = LINKED.replace("{#collect}", "{#note-down}")
    assert codes(checker.check(SAMPLE_PATH, text, TODAY)) == ["link-broken"]

    assert checker.beside({LINKED_PATH: other.encode()}).check(SAMPLE_PATH, text, TODAY) == []


def test_data_files_of_the_draft_count(checker: FileChecker) -> None:
    text = changed("category: 保全", "category: 新类")
    vocabulary = VOCABULARY.replace("[保全, 理赔]", "[保全, 理赔, 新类]").encode()
    path = SAMPLE_PATH.replace("保全", "新类")
    assert codes(checker.check(path, text, TODAY)) == ["category-unknown"]

    assert checker.beside({"vocabulary.yaml": vocabulary}).check(path, text, TODAY) == []


def test_a_draft_that_deletes_the_vocabulary_has_none(checker: FileChecker) -> None:
    without = checker.beside({"vocabulary.yaml": None})
    assert "category-unknown" in codes(without.check(SAMPLE_PATH, SAMPLE, TODAY))


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("desk.yaml", "reply: {hours: 800, from: 09:00, to: 18:00}\n", "desk-value"),
        ("calendar.yaml", "x: [1", "yaml-syntax"),
        ("lexicon/terms.txt", "投保人 13812345678\n", "personal-data"),
        ("heard/contact-change.txt", "手机 13812345678\n", "personal-data"),
        ("heard/contact-change.txt", "有\x07声\n", "encoding"),
    ],
)
def test_the_faults_of_other_files_are_found(
    checker: FileChecker, path: str, text: str, code: str
) -> None:
    found = checker.check(path, text, TODAY)

    assert code in codes(found)
    assert {fault.file for fault in found} == {path}


@pytest.mark.parametrize("path", REFERENCE_FILES)
def test_data_files_without_faults_have_none(checker: FileChecker, path: str) -> None:
    assert checker.check(path, REFERENCE_FILES[path], TODAY) == []
