"""Exam items are served like data files, and leave the search index as it is."""

from __future__ import annotations

from kb.indexing import build
from kb.indexing.build import needs_full_build
from tests.exam_samples import EXAM, EXAM_PATH
from tests.kb.indexing.desks import Desk
from tests.kb.indexing.test_small_update import segments

BROKEN = EXAM.replace("- 答案: 错", "- 答案: 不对")
MENDED = EXAM.replace("title: 联系电话练习题", "title: 换号码")


def titles(desk: Desk) -> list[str]:
    return [file.title for file in desk.view.exam_files]


def test_a_new_file_is_served_without_touching_the_index(desk: Desk) -> None:
    before, trained_on = segments(desk), desk.generation.read_manifest().trained_on
    desk.write({EXAM_PATH: EXAM})
    assert desk.refresh()
    assert titles(desk) == ["联系电话练习题"]
    assert segments(desk) == before
    assert desk.view.health().is_good
    # What items teach is nothing: the model of before is that of now.
    assert not desk.builder.train()
    assert desk.generation.read_manifest().trained_on == trained_on


def test_edits_of_items_never_add_up_to_a_full_build(desk: Desk) -> None:
    desk.write({EXAM_PATH: EXAM})
    desk.refresh()
    built = desk.builder._built
    assert built is not None
    assert built.small_updates == 0
    files = {f"exams/a{number}.md": b"" for number in range(build._MAX_SMALL_UPDATE_FILES + 1)}
    assert not needs_full_build(built, files, set(files))


def test_a_changed_procedure_is_still_trained_after_an_edit_of_items(desk: Desk) -> None:
    desk.publish("second", "保单贷款")
    desk.refresh()
    desk.write({EXAM_PATH: EXAM})
    desk.refresh()
    assert desk.builder.train()


def test_broken_it_is_listed_and_the_last_readable_one_stays(desk: Desk) -> None:
    desk.write({EXAM_PATH: EXAM})
    desk.refresh()
    desk.write({EXAM_PATH: BROKEN})
    assert desk.refresh()
    assert desk.faults == [(EXAM_PATH, "exam-answer")]
    assert desk.view.health().kept == (EXAM_PATH,)
    assert titles(desk) == ["联系电话练习题"]
    assert desk.view.reference.register


def test_broken_it_stays_over_a_full_build_and_a_restart(desk: Desk) -> None:
    desk.write({EXAM_PATH: EXAM})
    desk.refresh()
    desk.write({EXAM_PATH: BROKEN, "lexicon/terms.txt": "退保材料\n"})
    desk.builder = desk.new_builder()
    assert desk.refresh()
    assert titles(desk) == ["联系电话练习题"]


def test_never_readable_it_is_listed_and_not_served(desk: Desk) -> None:
    desk.write({EXAM_PATH: BROKEN})
    desk.refresh()
    assert desk.faults == [(EXAM_PATH, "exam-answer")]
    assert titles(desk) == []


def test_mended_it_is_served_anew(desk: Desk) -> None:
    desk.write({EXAM_PATH: BROKEN})
    desk.refresh()
    desk.write({EXAM_PATH: MENDED})
    desk.refresh()
    assert titles(desk) == ["换号码"]
    assert desk.view.health().is_good


def test_deleted_it_is_gone_and_no_fault(desk: Desk) -> None:
    desk.write({EXAM_PATH: BROKEN})
    desk.refresh()
    (desk.content / EXAM_PATH).unlink()
    assert desk.refresh()
    assert titles(desk) == []
    assert desk.view.health().is_good


def test_a_damaged_file_of_items_makes_the_generation_damaged(desk: Desk) -> None:
    desk.write({EXAM_PATH: EXAM})
    desk.refresh()
    (desk.generation.data / EXAM_PATH).write_text("?")
    assert desk.generation.damaged_file(desk.generation.read_manifest()) == f"data/{EXAM_PATH}"
