"""The lexicon that editors own."""

from __future__ import annotations

import pytest

from kb.content import LEXICON_FILES, Lexicon, OutsideSubject
from kb.content.fault import FaultCollector
from kb.content.lexicon import read_lexicon
from tests.content_samples import REFERENCE_FILES, places

TERMS, FILLERS, FOREIGN, PRODUCTS, OUTSIDE, SYNONYMS, POLYPHONES = LEXICON_FILES


def read(**changes: str) -> tuple[Lexicon, dict[str, list[tuple[str, int]]]]:
    names = {
        "terms": TERMS,
        "fillers": FILLERS,
        "foreign": FOREIGN,
        "products": PRODUCTS,
        "outside": OUTSIDE,
        "synonyms": SYNONYMS,
        "polyphones": POLYPHONES,
    }
    files = {**REFERENCE_FILES, **{names[key]: text for key, text in changes.items()}}
    collectors = {name: FaultCollector(name) for name in LEXICON_FILES}
    lexicon = read_lexicon(files, collectors)
    return lexicon, {key: places(collectors[name].faults) for key, name in names.items()}


def test_each_file_is_read_into_its_field() -> None:
    lexicon, faults = read()
    assert lexicon.terms == ("投保人", "现金价值")
    assert lexicon.fillers == {"的", "了", "吗"}
    assert lexicon.foreign == {"社保", "快递"}
    assert lexicon.products == {"重疾险"}
    assert lexicon.outside == (OutsideSubject("社会保险", "社会保险经办机构", ("社保断了能补吗",)),)
    assert lexicon.synonyms == {"手机号": ("联系电话",)}
    assert lexicon.polyphones == {"重疾": ("zhong", "ji")}
    assert not any(faults.values())


def test_words_are_separated_by_blanks_or_lines_and_hashes_start_comments() -> None:
    lexicon, _ = read(terms="# 说明\n甲 乙\n\n丙#尾巴\n甲\n")
    assert lexicon.terms == ("甲", "乙", "丙")


def test_missing_files_make_an_empty_lexicon() -> None:
    lexicon = read_lexicon({}, {name: FaultCollector(name) for name in LEXICON_FILES})
    assert (lexicon.terms, lexicon.fillers, lexicon.synonyms, lexicon.polyphones) == (
        (),
        frozenset(),
        {},
        {},
    )


@pytest.mark.parametrize(
    "key", ["terms", "fillers", "products", "outside", "synonyms", "polyphones"]
)
def test_the_digest_changes_with_each_file(key: str) -> None:
    before, _ = read()
    after, _ = read(**{key: "# 别的\n"})
    assert after.digest != before.digest
    assert read()[0].digest == before.digest


@pytest.mark.parametrize(
    "text", ["甲: [乙]\n断保: 效力中止\n", "甲: [乙]\n断保: []\n", "甲: [乙]\n断保:\n"]
)
def test_a_synonym_without_words_is_a_fault_on_its_line(text: str) -> None:
    assert read(synonyms=text)[1]["synonyms"] == [("lexicon-value", 2)]


def test_a_word_that_is_no_text_is_a_fault_instead_of_vanishing() -> None:
    assert read(synonyms="断保: [中止, [失效]]\n")[1]["synonyms"] == [("lexicon-value", 1)]


@pytest.mark.parametrize("syllables", ["[zhong]", "[zhong, ji, bing]"])
def test_a_reading_needs_one_syllable_a_character(syllables: str) -> None:
    _, faults = read(polyphones=f"重疾: {syllables}\n")
    assert faults["polyphones"] == [("lexicon-value", 1)]


def test_a_wrong_reading_is_reported_on_its_own_line() -> None:
    _, faults = read(polyphones="重疾: [zhong, ji]\n长险: [chang]\n")
    assert faults["polyphones"] == [("lexicon-value", 2)]


def test_a_repeated_synonym_is_a_fault() -> None:
    _, faults = read(synonyms="甲: [乙]\n甲: [丙]\n")
    assert faults["synonyms"] == [("yaml-duplicate-key", 2)]


@pytest.mark.parametrize(
    "entry", ["文字", "[甲]", "{says: [甲]}", "{handled_by: 甲}", "{handled_by: 甲, says: []}"]
)
def test_an_incomplete_outside_subject_is_a_fault_and_left_out(entry: str) -> None:
    complete = "{handled_by: 银行, says: [卡丢了]}"
    lexicon, faults = read(outside=f"银行卡: {complete}\n社会保险: {entry}\n")
    assert faults["outside"] == [("outside-value", 2)]
    assert [subject.name for subject in lexicon.outside] == ["银行卡"]
