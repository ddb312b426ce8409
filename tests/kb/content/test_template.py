"""The blank procedure of `kb new`: its only faults are its blanks."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import blank_procedure, check_file
from kb.content.check.pack_check import anchors_of
from tests.content_samples import changed, line_of, parse, sample_pack, sample_reference

TODAY = date(2026, 8, 1)
PATH = "procedures/保全/new-one.md"
BLANK_FILE = blank_procedure("new-one", "保全", TODAY)


def codes(text: str, path: str = PATH) -> list[tuple[str, int]]:
    anchors = anchors_of(sample_pack())
    faults = check_file(parse(text, path), text.encode(), sample_reference(), anchors, TODAY)
    return [(fault.code, fault.line) for fault in faults]


def test_a_blank_procedure_has_no_other_faults_than_its_blanks() -> None:
    text = changed("个人人身险", "寿险", BLANK_FILE)  # the sample's vocabulary is smaller
    found = codes(text)
    assert {code for code, _ in found} == {"header-missing", "says-too-few", "blank-left"}
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "（待写：" in line]
    assert [line for code, line in found if code == "blank-left"] == lines
    assert len(lines) > 5


def test_a_blank_procedure_is_dated_today_and_reviewed_in_a_year() -> None:
    draft = parse(BLANK_FILE, PATH).draft
    assert draft is not None
    assert (draft.id, draft.category) == ("new-one", "保全")
    assert (draft.effective_from, draft.review_by) == (TODAY, date(2027, 8, 1))


def test_a_blank_left_in_a_file_is_a_fault_at_its_line() -> None:
    text = changed("系统登记不上。", "系统登记不上，（待写：交代什么）。")
    found = codes(text, "procedures/保全/contact-change.md")
    assert found == [("blank-left", line_of("（待写：", text))]


@pytest.mark.parametrize("words", ["委托书（写明事项和期限）", "申请书（写错的重写）"])
def test_ordinary_words_in_brackets_are_no_blank(words: str) -> None:
    text = changed("系统登记不上。", f"客户没带{words}。")
    assert codes(text, "procedures/保全/contact-change.md") == []
