"""Every fault of the lexicon is found where it is written."""

from __future__ import annotations

import pytest

from kb.content import Fault, check_pack, read_content_files, read_pack
from kb.content.lexicon import FOREIGN_FILE, POLYPHONES_FILE, SYNONYMS_FILE, TERMS_FILE
from kb.settings import PACKAGED_CONTENT
from tests.content_samples import REFERENCE_FILES, changed, sample_files
from tests.kb.content.mutations.damage import TODAY

Place = tuple[int, int]


def faults_of(files: dict[str, bytes]) -> list[Fault]:
    return check_pack(read_pack(files), files, TODAY)


def faults_with(name: str, text: str) -> list[Fault]:
    """Return the faults after `text` was added to a file of the sample's lexicon."""
    return faults_of({**sample_files(), name: (REFERENCE_FILES[name] + text).encode()})


@pytest.mark.parametrize(
    ("name", "text", "code", "places"),
    [
        (TERMS_FILE, "保全  保\n", "word-unusable", [(3, 5)]),
        (TERMS_FILE, "\nA款 保，全\n", "word-unusable", [(4, 1), (4, 4)]),
        (POLYPHONES_FILE, "A险: [a, xian]\n", "word-unusable", [(2, 1)]),
        (TERMS_FILE, "保全 # 又一次\n投保人\n", "word-repeated", [(4, 1)]),
        (FOREIGN_FILE, "社保局 社保\n", "word-repeated", [(2, 5)]),
        ("lexicon/fillers.txt", "的\n", "word-repeated", [(2, 1)]),
        (SYNONYMS_FILE, "吗: [变更]\n", "word-is-filler", [(2, 1)]),
        (FOREIGN_FILE, "的\n", "word-is-filler", [(2, 1)]),
        (FOREIGN_FILE, "变更\n", "foreign-is-ours", [(2, 1)]),
        (FOREIGN_FILE, "公积金 联系方式\n", "foreign-is-ours", [(2, 5)]),
        (SYNONYMS_FILE, "号码: [号码]\n", "synonym-circle", [(2, 1)]),
        (
            SYNONYMS_FILE,
            "号码: [短信]\n短信: [地址, 电话]\n电话: [号码]\n",
            "synonym-circle",
            [(2, 1), (3, 1), (4, 1)],
        ),
        (SYNONYMS_FILE, "断保: [电话, 效力中止]\n", "synonym-useless", [(2, 1)]),
        (POLYPHONES_FILE, "长险: [cháng, xian]\n", "polyphone-syllable", [(2, 1)]),
        (POLYPHONES_FILE, "长险: [chang, xxian]\n", "polyphone-syllable", [(2, 1)]),
        (POLYPHONES_FILE, "得重疾: [de, zhong, ji]\n", "polyphone-too-long", [(2, 1)]),
    ],
)
def test_a_fault_is_found_where_it_is_written(
    name: str, text: str, code: str, places: list[Place]
) -> None:
    found = faults_with(name, text)
    assert [(fault.file, fault.code) for fault in found] == [(name, code)] * len(places)
    assert [(fault.line, fault.column) for fault in found] == places


def test_a_term_that_is_a_filler_is_found_in_the_file_of_terms() -> None:
    files = {**sample_files(), "lexicon/fillers.txt": "的 了 吗\n现金价值\n".encode()}
    (fault,) = faults_of(files)
    assert (fault.file, fault.line, fault.code) == (TERMS_FILE, 2, "word-is-filler")
    assert "fillers.txt 第 2 行" in fault.message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (FOREIGN_FILE, "号码\n"),  # a part of the keyword 改号码
        (SYNONYMS_FILE, "电话: [联系电话]\n"),  # two words for one
        (SYNONYMS_FILE, "发消息: [收不到你们的短信]\n"),
        (POLYPHONES_FILE, "绿重: [lv, zhong]\n"),
        (POLYPHONES_FILE, "重疾了: [chong, ji, le]\n"),  # read otherwise than 重疾
    ],
)
def test_what_looks_alike_but_is_sound_is_no_fault(name: str, text: str) -> None:
    assert faults_with(name, text) == []


def test_what_changes_nothing_is_a_warning_and_what_contradicts_an_error() -> None:
    assert {fault.severity for fault in faults_with(SYNONYMS_FILE, "断保: [中止]\n")} == {"warning"}
    assert {fault.severity for fault in faults_with(FOREIGN_FILE, "变更\n")} == {"error"}


def test_a_lexicon_that_cannot_be_read_has_only_the_faults_of_its_reading() -> None:
    files = {**sample_files(), SYNONYMS_FILE: b"\xff\xfe: [x]\n", POLYPHONES_FILE: "甲: [".encode()}
    assert {fault.code for fault in faults_of(files)} == {"encoding", "yaml-syntax"}


def test_the_sample_and_the_lexicon_that_is_shipped_have_no_fault() -> None:
    assert faults_of(sample_files()) == []
    shipped = read_content_files(PACKAGED_CONTENT)
    assert [fault for fault in faults_of(shipped) if fault.file.startswith("lexicon/")] == []


def test_a_synonym_of_a_procedure_that_is_gone_becomes_useless() -> None:
    files = sample_files(sample=changed("我换号码了", "我换手机了"))
    files[SYNONYMS_FILE] = "换机: [我换号码了]\n".encode()
    assert [fault.code for fault in faults_of(files)] == ["synonym-useless"]
