"""Confirming writes what the parts say now into the pins."""

from __future__ import annotations

from datetime import date

import pytest

from kb.errors import ExamItemNotFound, QueryInvalid
from kb.exams import confirm_pins, confirmed_files
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, procedure_in, sample_files
from tests.exam_samples import EXAM, EXAM_PATH, SEALED_PATH, exam_files, exam_in, hash_at

TODAY = date(2026, 6, 1)
CHANGED = changed("委托书写明代办事项", "委托书写明代办事项和期限")
MUST_SAY = "   - 必说: 变更要由投保人提出。 {来电人=被保险人|受益人}\n"
WITHOUT = changed(MUST_SAY, "")


def pins_after(sample: str, *item_ids: str) -> dict[str, list[tuple[str, str]]]:
    """Return item id → address and digits of its pins after these items were confirmed."""
    file = confirm_pins(exam_in(EXAM), item_ids, {"contact-change": procedure_in(sample)})
    return {
        item.id: [(pin.address, pin.block_hash) for pin in item.all_pins] for item in file.items
    }


def files_with(**texts: str) -> dict[str, bytes]:
    """Return the sample content with the items; `texts` is text by the names sample and exam."""
    files = sample_files(sample=texts.get("sample", SAMPLE)) | exam_files()
    return files | {EXAM_PATH: texts.get("exam", EXAM).encode()}


def test_the_pins_of_an_item_and_of_its_scoring_points_are_confirmed() -> None:
    pins = pins_after(CHANGED, "contact-5")
    assert pins["contact-5"] == [("proxy/必说/1", hash_at("proxy/必说/1", CHANGED))] * 2
    assert hash_at("proxy/必说/1", CHANGED) != hash_at("proxy/必说/1", SAMPLE)


def test_other_items_stay_as_they_are() -> None:
    assert pins_after(CHANGED, "contact-1") == pins_after(SAMPLE)


def test_a_pin_follows_its_part_to_a_new_address() -> None:
    moved = changed(MUST_SAY, f"   - 必说: 先问来意。\n{MUST_SAY}")
    confirmed = [("verify/必说/2", hash_at("verify/必说/1"))]
    assert pins_after(moved, "contact-1")["contact-1"] == confirmed


def test_the_file_is_written_with_the_digits_of_today() -> None:
    (path, text), *others = confirmed_files(
        files_with(sample=CHANGED), ["contact-5"], TODAY
    ).items()
    digits, new = hash_at("proxy/必说/1"), hash_at("proxy/必说/1", CHANGED)
    assert (path, others) == (EXAM_PATH, [])
    assert text == EXAM.replace(digits, new)


def test_items_of_several_files_are_confirmed_at_once() -> None:
    found = confirmed_files(files_with(), ["contact-7", "contact-1", "contact-2"], TODAY)
    assert list(found) == [SEALED_PATH, EXAM_PATH]


def test_a_pin_that_was_never_confirmed_gets_its_digits() -> None:
    exam = changed(f" {hash_at('verify/必说/1')}", "", EXAM)
    assert confirmed_files(files_with(exam=exam), ["contact-1"], TODAY) == {EXAM_PATH: EXAM}


@pytest.mark.parametrize(("day", "sample"), [("2026-05-01", CHANGED), ("2026-07-01", SAMPLE)])
def test_the_version_in_force_counts(day: str, sample: str) -> None:
    later = changed("effective_from: 2026-01-01", f"effective_from: {day}", CHANGED)
    files = files_with() | {SAMPLE_PATH.replace(".md", f"@{day}.md"): later.encode()}
    (text,) = confirmed_files(files, ["contact-5"], TODAY).values()
    assert hash_at("proxy/必说/1", sample) in text


def test_nothing_is_confirmed_where_nothing_stands() -> None:
    with pytest.raises(QueryInvalid, match="contact-change#verify/必说/1"):
        confirmed_files(files_with(sample=WITHOUT), ["contact-1"], TODAY)


def test_a_file_with_faults_is_not_written_anew() -> None:
    exam = changed("- 答案: 错", "- 答案: 不对", EXAM)
    with pytest.raises(QueryInvalid, match="kb check"):
        confirmed_files(files_with(exam=exam), ["contact-1"], TODAY)


def test_an_unknown_item_is_named_with_the_nearest() -> None:
    with pytest.raises(ExamItemNotFound, match=r"“contact-9”.*contact-"):
        confirmed_files(files_with(), ["contact-1", "contact-9"], TODAY)
