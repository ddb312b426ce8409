"""The whole check of a change set: its own faults, what it touches, in a process of its own."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from kb.changes import (
    CheckedChange,
    CheckingProcess,
    CheckJob,
    Published,
    Touch,
    changed_files,
    check_change,
    files_digest,
)
from kb.content import Fault
from kb.errors import CheckUnavailable
from kb.indexing import dictionary_dir
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH, changed, sample_files
from tests.dictionaries import general_dictionary, lay_dictionary
from tests.exam_samples import EXAM, EXAM_PATH, exam_files
from tests.kb.changes.drafts import change_set
from tests.kb.changes.floor import NEW_SAYING, NEW_SUMMARY

TODAY = date(2026, 6, 1)
THIRD_PATH = "procedures/保全/number-lost.md"
BROKEN = LINKED.replace("category: 保全", "category: 不明")


def checked(
    files: dict[str, tuple[str | None, str | None]],
    published: dict[str, bytes] | None = None,
    queries: tuple[str, ...] = (),
) -> CheckedChange:
    content = Published("c" * 40, sample_files() if published is None else published)
    return check_change(change_set(files), content, queries, TODAY, general_dictionary())


def codes(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.file, fault.code) for fault in faults]


def test_a_change_without_faults_has_none_and_is_told_by_its_digest() -> None:
    found = checked({SAMPLE_PATH: (SAMPLE, NEW_SUMMARY)})

    assert found.faults == ()
    assert found.digest == files_digest({SAMPLE_PATH: NEW_SUMMARY.encode()})
    assert found.commit == "c" * 40
    assert not found.needs_compliance
    assert [item.touch for item in found.impact.procedures] == [Touch.CHANGED]


def test_a_changed_duty_needs_compliance() -> None:
    assert checked({SAMPLE_PATH: (SAMPLE, NEW_SAYING)}).needs_compliance


def test_faults_in_its_files_are_told_whether_or_not_they_were_there_before() -> None:
    published = sample_files(linked=BROKEN)
    content = BROKEN.replace("记下新地址。", "记下地址。")
    found = checked({LINKED_PATH: (BROKEN, content)}, published)

    assert (LINKED_PATH, "category-unknown") in codes(found.errors)


def test_faults_that_it_causes_elsewhere_are_told() -> None:
    without = LINKED.replace("{#collect}", "{#note-down}")
    found = checked({LINKED_PATH: (LINKED, without)})

    assert codes(found.errors) == [(SAMPLE_PATH, "link-broken")]


def test_a_removed_part_names_its_items_and_is_not_held_up_by_them() -> None:
    without = changed("   - 必说: 变更要由投保人提出。 {来电人=被保险人|受益人}\n", "")
    found = checked({SAMPLE_PATH: (SAMPLE, without)}, sample_files() | exam_files())

    assert found.errors == ()
    assert {fault.code for fault in found.faults} == {"exam-part-gone"}
    assert [(item.id, item.touch) for item in found.impact.items] == [("contact-1", Touch.REMOVED)]


def test_exam_items_are_checked_with_the_rest() -> None:
    broken = EXAM.replace("- 答案: 错", "- 答案: 不对")
    found = checked({EXAM_PATH: (None, broken)}, sample_files())
    assert codes(found.errors) == [(EXAM_PATH, "exam-answer")]
    assert checked({EXAM_PATH: (None, EXAM)}, sample_files()).faults == ()


def test_faults_that_are_published_elsewhere_do_not_stop_it() -> None:
    published = sample_files(linked=BROKEN)
    assert checked({SAMPLE_PATH: (SAMPLE, NEW_SUMMARY)}, published).faults == ()


def test_a_deleted_procedure_leaves_links_behind() -> None:
    found = checked({LINKED_PATH: (LINKED, None)})

    assert {file for file, _ in codes(found.errors)} == {SAMPLE_PATH}


def test_what_was_published_meanwhile_has_to_be_merged_first() -> None:
    moved = changed("系统登记不上。", "登记不上。")
    found = checked({SAMPLE_PATH: (SAMPLE, NEW_SUMMARY)}, sample_files(sample=moved))

    assert codes(found.errors) == [(SAMPLE_PATH, "base-moved")]


def test_marks_of_a_conflict_that_were_left_are_errors_in_any_file() -> None:
    terms = sample_files()["lexicon/terms.txt"].decode()
    found = checked({"lexicon/terms.txt": (terms, f"{terms}<<<<<<< 我的改动\n")})

    assert ("lexicon/terms.txt", "conflict-left") in codes(found.errors)


def test_queries_whose_first_hits_change_are_told() -> None:
    lost = changed("我搬家了", "我的手机丢了", LINKED).replace("address-change", "number-lost")
    found = checked({THIRD_PATH: (None, lost)}, queries=("我换号码了", "手机丢"))

    touched = {item.text: (item.before, item.after) for item in found.impact.queries}
    before, after = touched["手机丢"]
    assert "number-lost" not in before
    assert after[0] == "number-lost"
    # Six lines of each of the two published procedures, and the one query that is none of them.
    assert found.impact.queries_compared == 13


def test_a_version_to_come_is_searched_on_the_day_it_comes() -> None:
    path = LINKED_PATH.replace(".md", "@2027-01-01.md")
    text = changed("2026-01-01", "2027-01-01", changed("我搬家了", "我的手机丢了", LINKED))
    found = checked({path: (None, text)}, queries=("手机丢",))

    assert "手机丢" in {item.text for item in found.impact.queries}


def test_no_query_is_touched_when_the_words_stay() -> None:
    assert checked({SAMPLE_PATH: (SAMPLE, f"{SAMPLE}\n")}).impact.queries == ()


def test_files_are_taken_over_and_deleted_ones_left_out() -> None:
    change = change_set({SAMPLE_PATH: (SAMPLE, NEW_SUMMARY), LINKED_PATH: (LINKED, None)})
    files = changed_files(sample_files(), change)

    assert files[SAMPLE_PATH] == NEW_SUMMARY.encode()
    assert LINKED_PATH not in files


@pytest.fixture
def job(tmp_path: Path) -> CheckJob:
    lay_dictionary(tmp_path)
    change = change_set({SAMPLE_PATH: (SAMPLE, NEW_SAYING)})
    published = Published("c" * 40, sample_files())
    return CheckJob(change, published, ("换号",), TODAY, dictionary_dir(tmp_path))


def test_another_process_finds_the_same(job: CheckJob) -> None:
    assert CheckingProcess().run(job) == job.run()


def test_a_check_that_takes_too_long_is_ended(job: CheckJob) -> None:
    with pytest.raises(CheckUnavailable):
        CheckingProcess(limit_seconds=0.01).run(job)


def test_a_check_that_dies_is_told_and_the_next_one_runs(job: CheckJob) -> None:
    process = CheckingProcess()
    unreadable = CheckJob(job.change, job.published, (), TODAY, Path(os.devnull))
    with pytest.raises(CheckUnavailable):
        process.run(unreadable)

    assert process.run(job).digest == job.run().digest
