"""The whole check: the content's own faults, and that customers' words find their procedure."""

from __future__ import annotations

from datetime import date

import pytest

from kb.checking import check_content
from kb.content import Fault
from kb.content.lexicon import SYNONYMS_FILE
from kb.search.dictionary import Dictionary
from tests.content_samples import REFERENCE_FILES, sample_files
from tests.dictionaries import general_dictionary
from tests.kb.indexing.desks import path_of, procedure_text

TODAY = date(2026, 6, 1)
DATA = {name: text.encode() for name, text in REFERENCE_FILES.items()}
DATA[SYNONYMS_FILE] = "# 这里的规程没有同义词可用\n".encode()
CLAIM = path_of("claim")
OTHER_WORDS = "[退保材料, 甲, 乙, 丙, 丁, 异地理赔]"
"""The first of them finds what the crowd says."""
WORDS = "[退保材料, 我要退保材料, 退保材料吧, 想问退保材料, 退保材料了, 有退保材料吗]"


@pytest.fixture(scope="module")
def general() -> Dictionary:
    return general_dictionary()


def crowd() -> dict[str, bytes]:
    """Return four procedures about 退保材料, so that a fifth is not among the first three."""
    return {
        path_of(f"crowd-{number}"): procedure_text(
            f"crowd-{number}", "退保材料", says=WORDS
        ).encode()
        for number in range(4)
    }


def unfound(faults: list[Fault]) -> list[Fault]:
    """Return the faults of what customers say, those of the crowd left out."""
    return [
        fault for fault in faults if fault.code == "says-not-found" and "crowd" not in fault.file
    ]


def test_content_without_faults_has_none(general: Dictionary) -> None:
    assert check_content(sample_files(), TODAY, general) == []


def test_content_without_procedures_is_no_crash(general: Dictionary) -> None:
    assert check_content(DATA, TODAY, general) == []
    assert {fault.code for fault in check_content({}, TODAY, general)} >= {"file-missing"}


def test_words_that_find_other_procedures_first_are_an_error_on_their_line(
    general: Dictionary,
) -> None:
    text = procedure_text("claim", "异地理赔", says=OTHER_WORDS)
    faults = check_content({**DATA, **crowd(), CLAIM: text.encode()}, TODAY, general)
    (fault,) = unfound(faults)
    assert (fault.file, fault.line, fault.severity) == (CLAIM, 6, "error")
    assert "“退保材料”" in fault.message
    assert "crowd-" in fault.message


def test_words_that_find_nothing_are_an_error(general: Dictionary) -> None:
    text = procedure_text("claim", "异地理赔", says="[？？, 甲, 乙, 丙, 丁, 异地理赔]")
    (fault,) = unfound(check_content({**DATA, CLAIM: text.encode()}, TODAY, general))
    assert "什么也没搜到" in fault.message


def test_a_scheduled_version_is_judged_on_its_first_day(general: Dictionary) -> None:
    path = path_of("claim@2026-09-01")
    text = procedure_text("claim", "异地理赔", start="2026-09-01", says=OTHER_WORDS)
    good = procedure_text("claim", "异地理赔", start="2026-09-01")
    files = {**DATA, **crowd()}
    assert unfound(check_content({**files, path: good.encode()}, TODAY, general)) == []
    faults = unfound(check_content({**files, path: text.encode()}, TODAY, general))
    assert [fault.file for fault in faults] == [path]


def test_a_version_that_has_ended_is_no_longer_judged(general: Dictionary) -> None:
    text = procedure_text(
        "claim",
        "异地理赔",
        says=OTHER_WORDS,
        more="effective_until: 2026-05-31\n",
    )
    files = {**DATA, **crowd(), CLAIM: text.encode()}
    assert unfound(check_content(files, TODAY, general)) == []
    assert unfound(check_content(files, date(2026, 5, 31), general)) != []


def test_a_version_that_a_newer_one_has_replaced_is_no_longer_judged(
    general: Dictionary,
) -> None:
    old = procedure_text("claim", "异地理赔", says=OTHER_WORDS)
    new = procedure_text("claim", "异地理赔", start="2026-03-01")
    files = {
        **DATA,
        **crowd(),
        CLAIM: old.encode(),
        path_of("claim@2026-03-01"): new.encode(),
    }
    assert unfound(check_content(files, TODAY, general)) == []


def test_faults_of_all_kinds_come_sorted_by_file_and_line(general: Dictionary) -> None:
    text = procedure_text("claim", "异地理赔", says="[？？, 甲, 乙, 丙, 丁, 异地理赔]")
    text = text.replace("示例法§6", "没有的法§6")
    files = {**DATA, CLAIM: text.encode(), path_of("broken"): b"broken"}
    faults = check_content(files, TODAY, general)
    assert faults == sorted(faults)
    assert {fault.code for fault in faults} >= {"citation-unknown-law", "says-not-found"}
    assert {fault.file for fault in faults} == {CLAIM, path_of("broken")}
