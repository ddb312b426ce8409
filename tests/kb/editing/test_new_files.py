"""New files: a blank procedure in its place, a further version of one."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import parse_exam_file
from kb.editing import (
    Surroundings,
    check_text,
    new_exam_file,
    new_procedure,
    new_version,
    read_surroundings,
)
from kb.errors import QueryInvalid
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, sample_files

TODAY = date(2026, 8, 1)
NEXT_YEAR = date(2027, 1, 1)
DATED_PATH = "procedures/保全/contact-change@2027-01-01.md"


@pytest.fixture(scope="module")
def surroundings() -> Surroundings:
    return read_surroundings(sample_files())


def test_a_new_procedure_stands_in_its_category(surroundings: Surroundings) -> None:
    file = new_procedure("claim-report", "理赔", surroundings, TODAY)
    assert file.path == "procedures/理赔/claim-report.md"
    faults = check_text(file.path, file.text, surroundings, TODAY)
    assert "id-file-name" not in {fault.code for fault in faults}
    assert "category-folder" not in {fault.code for fault in faults}


@pytest.mark.parametrize(
    "name",
    ["", "Claim", "../claim", "claim/report", "理赔", "claim report", "claim-", "a@b", "a\n"],
)
def test_an_id_in_another_spelling_is_refused(surroundings: Surroundings, name: str) -> None:
    with pytest.raises(QueryInvalid, match="小写英文"):
        new_procedure(name, "理赔", surroundings, TODAY)


def test_an_id_is_taken_in_every_category_and_even_by_a_broken_file() -> None:
    files = sample_files() | {"procedures/保全/broken-one@2026-01-01.md": b"\xff"}
    surroundings = read_surroundings(files)
    for name in ("contact-change", "broken-one"):
        with pytest.raises(QueryInvalid, match=f"已经有编号为“{name}”的规程：procedures/保全/"):
            new_procedure(name, "理赔", surroundings, TODAY)


def test_an_unknown_category_is_refused_with_the_nearest(surroundings: Surroundings) -> None:
    with pytest.raises(QueryInvalid, match=r"没有分类“理陪”.*理赔"):
        new_procedure("claim-report", "理陪", surroundings, TODAY)


def test_a_new_exam_file_has_no_faults_but_its_blanks(surroundings: Surroundings) -> None:
    file = new_exam_file("surrender", "退保: 练习", "考试", surroundings)
    assert file.path == "exams/surrender.md"
    faults = check_text(file.path, file.text, surroundings, TODAY)
    assert {fault.code for fault in faults} == {
        "blank-left",
        "exam-pin-missing",
        "header-missing",
    }
    draft = parse_exam_file(file.path, file.text.encode()).draft
    assert draft is not None
    assert (draft.title, draft.bank) == ("退保: 练习", "考试")


def test_the_id_of_an_exam_file_is_well_formed_and_free() -> None:
    surroundings = read_surroundings(sample_files() | {"exams/broken.md": b"\xff"})
    with pytest.raises(QueryInvalid, match="小写英文"):
        new_exam_file("../x", "题", "练习", surroundings)
    with pytest.raises(QueryInvalid, match=r"已经有编号为“broken”的考题：exams/broken\.md"):
        new_exam_file("broken", "题", "练习", surroundings)


def test_a_further_version_differs_in_its_day_alone(surroundings: Surroundings) -> None:
    text = changed("effective_from: 2026-01-01", 'effective_from: "2026-01-01"  # 公示日')
    file = new_version(SAMPLE_PATH, text, NEXT_YEAR, surroundings)
    assert file.path == DATED_PATH
    assert file.text == changed("2026-01-01", "2027-01-01", text)
    assert check_text(file.path, file.text, surroundings, TODAY) == []


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 1, 1)])
def test_a_further_version_begins_later(surroundings: Surroundings, day: date) -> None:
    with pytest.raises(QueryInvalid, match="晚于 2026-01-01"):
        new_version(SAMPLE_PATH, SAMPLE, day, surroundings)


def test_a_day_has_one_version() -> None:
    later = changed("2026-01-01", "2027-01-01").encode()
    surroundings = read_surroundings(sample_files() | {DATED_PATH: later})
    with pytest.raises(QueryInvalid, match=DATED_PATH):
        new_version(SAMPLE_PATH, SAMPLE, NEXT_YEAR, surroundings)


@pytest.mark.parametrize("text", ["", "no header", changed("effective_from: 2026-01-01\n", "")])
def test_a_version_is_made_of_a_text_that_can_be_read(
    surroundings: Surroundings, text: str
) -> None:
    with pytest.raises(QueryInvalid, match="读不懂"):
        new_version(SAMPLE_PATH, text, NEXT_YEAR, surroundings)
