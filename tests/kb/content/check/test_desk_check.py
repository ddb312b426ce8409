"""Every fixed phrase of the desk finds its words, in the versions of today and of later."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import Fault, check_pack, read_pack
from kb.content.desk import DESK_FILE
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, sample_files

TODAY = date(2026, 8, 1)
WORDED = changed("{#verify}\n", "{#verify}\n   - 话术: “您好，请讲。”\n")
UNWORDED = "phrase-without-words"


def version(text: str, start: str) -> dict[str, bytes]:
    path = SAMPLE_PATH.replace(".md", f"@{start}.md")
    return {path: changed("effective_from: 2026-01-01", f"effective_from: {start}", text).encode()}


def check(target: str, sample: str = WORDED, **versions: str) -> list[Fault]:
    """Return the faults of a desk with a phrase; `versions` is text by start, as `y2026_09_01`."""
    files = sample_files(sample=sample)
    files[DESK_FILE] = f"# 话务台\nphrases:\n  迎语: {target}\n".encode()
    for start, text in versions.items():
        files |= version(text, start.removeprefix("y").replace("_", "-"))
    return check_pack(read_pack(files), files, TODAY)


def assert_faulty(faults: list[Fault], code: str, *hints: str) -> None:
    [fault] = faults
    assert (fault.file, fault.line, fault.code, fault.severity) == (DESK_FILE, 3, code, "error")
    for hint in hints:
        assert hint in fault.message + fault.fix


def test_a_phrase_with_words_is_no_fault() -> None:
    assert check("contact-change#verify") == []


def test_a_phrase_of_an_unknown_procedure_is_a_broken_link_with_the_nearest() -> None:
    assert_faulty(check("contact-chance#verify"), "link-broken", "contact-chance", "contact-change")


def test_a_phrase_of_an_unknown_anchor_is_a_broken_link_with_the_nearest() -> None:
    assert_faulty(check("contact-change#verifi"), "link-broken", "#verifi", "：verify")


@pytest.mark.parametrize("anchor", ["register", "read-out", "no-read-out", "when"])
def test_a_phrase_of_a_part_without_words_for_every_call_is_a_fault(anchor: str) -> None:
    assert_faulty(check(f"contact-change#{anchor}"), UNWORDED, f"#{anchor}", "迎语", "不带条件")


def test_a_version_to_come_that_drops_the_words_is_named() -> None:
    faults = check("contact-change#verify", y2026_09_01=SAMPLE)
    assert_faulty(faults, UNWORDED, "2026-09-01 起")


def test_a_version_to_come_that_lacks_the_step_is_named() -> None:
    later = changed("{#verify}", "{#checked}", WORDED)
    assert_faulty(check("contact-change#verify", y2026_09_01=later), UNWORDED, "2026-09-01 起")


def test_a_version_that_is_history_may_lack_the_words() -> None:
    assert check("contact-change#verify", sample=SAMPLE, y2026_07_01=WORDED) == []


def test_the_version_of_today_may_not() -> None:
    faults = check("contact-change#verify", sample=WORDED, y2026_07_01=SAMPLE)
    assert_faulty(faults, UNWORDED, "2026-07-01 起")


def test_a_procedure_that_only_comes_must_have_the_words() -> None:
    later = changed("effective_from: 2026-01-01", "effective_from: 2026-09-01", SAMPLE)
    assert_faulty(check("contact-change#verify", sample=later), UNWORDED, "2026-09-01 起")
