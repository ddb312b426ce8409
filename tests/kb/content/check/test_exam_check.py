"""What exam items refer to: pins, links, citations, ids of other files."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import Fault, check_pack, read_pack
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, line_of, sample_files
from tests.exam_samples import EXAM, EXAM_PATH, SEALED, SEALED_PATH, exam_files, hash_at

TODAY = date(2026, 8, 1)


def exam_faults(exam: str = EXAM, **others: str) -> list[Fault]:
    """Return the faults of the exam files beside the sample; `others` is text by name."""
    files = sample_files(sample=others.get("sample", SAMPLE)) | exam_files()
    files |= {EXAM_PATH: exam.encode(), SEALED_PATH: others.get("sealed", SEALED).encode()}
    return [fault for fault in check_pack(read_pack(files), files, TODAY) if "exams/" in fault.file]


def test_the_sample_has_no_faults() -> None:
    assert exam_faults() == []


@pytest.mark.parametrize(
    ("old", "new", "code", "severity"),
    [
        (f" {hash_at('verify/必说/1')}", "", "exam-pin-unconfirmed", "error"),
        ("关联: contact-change#verify", "关联: contact-chance#verify", "link-broken", "error"),
        ("关联: contact-change#verify", "关联: contact-change#verfy", "exam-part-gone", "warning"),
        ("(contact-change#verify/", "(contact-chance#verify/", "link-broken", "error"),
        ("(contact-change#verify/必说/1)", "(contact-change#own)", "exam-part-gone", "warning"),
        ("〔示例法§6〕", "〔示例法§7〕", "citation-unregistered", "error"),
        ("请他补交委托书再办", "请他补交〔无此法§1〕", "citation-unknown-law", "error"),
        ("- 来源: 旧考卷", "- 来源: 手机 13812345678", "personal-data", "error"),
        ("- 来源: 旧考卷", "- 来源: （待写：出处）", "blank-left", "error"),
    ],
)
def test_a_reference_that_leads_nowhere_is_named(
    old: str, new: str, code: str, severity: str
) -> None:
    text = changed(old, new, EXAM)
    at = new or "- 关联: contact-change#verify/必说/1"
    (fault,) = exam_faults(text)
    assert (fault.code, fault.severity) == (code, severity)
    assert (fault.file, fault.line) == (EXAM_PATH, line_of(at, text))


def test_an_unconfirmed_pin_says_how_to_confirm_it() -> None:
    (fault,) = exam_faults(changed(f" {hash_at('verify/必说/1')}", "", EXAM))
    assert "kb exam confirm contact-1" in fault.fix


def test_a_part_that_says_something_else_is_no_fault() -> None:
    sample = changed("变更要由投保人提出。", "变更要由投保人本人提出。")
    assert exam_faults(sample=sample) == []


def test_a_part_that_is_gone_is_a_warning_at_its_pin_and_its_link() -> None:
    sample = changed("   - 必说: 变更要由投保人提出。 {来电人=被保险人|受益人}\n", "")
    faults = exam_faults(sample=sample)
    assert {(fault.code, fault.severity) for fault in faults} == {("exam-part-gone", "warning")}
    assert [fault.line for fault in faults] == [
        line_of("- 解析: 变更要由投保人提出", EXAM),
        line_of("- 关联: contact-change#verify/必说/1", EXAM),
    ]


def test_an_id_of_another_file_is_a_fault_where_it_comes_second() -> None:
    sealed = changed("#contact-7 ", "#contact-3 ", SEALED)
    (fault,) = exam_faults(sealed=sealed)
    # `exams/contact-exam.md` stands before `exams/contact.md`.
    assert (fault.code, fault.file) == ("exam-id-repeated", EXAM_PATH)
    assert fault.line == line_of("{#contact-3 ", EXAM)
    assert SEALED_PATH in fault.message


@pytest.mark.parametrize(
    ("gone", "code"),
    [
        ("- 解析: 见[提示](contact-change#no-agent-number)。\n", "exam-explanation-missing"),
        (
            f"- 关联: contact-change#no-agent-number {hash_at('no-agent-number')}\n",
            "exam-pin-missing",
        ),
    ],
)
def test_an_item_without_explanation_or_pin_is_a_warning(gone: str, code: str) -> None:
    (fault,) = exam_faults(changed(gone, "", EXAM))
    assert (fault.code, fault.severity) == (code, "warning")


def test_a_broken_procedure_leaves_the_items_alone() -> None:
    sample = changed("summary: ", "sumary: ")
    assert SAMPLE_PATH in sample_files()
    assert exam_faults(sample=sample) == []
