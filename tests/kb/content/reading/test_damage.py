"""Whatever a file holds, reading it ends in faults that lie inside the file, never in a crash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.content import ParsedFile, parse_procedure_file
from tests.content_samples import PROPERTY, SAMPLE, SAMPLE_PATH

LINES = SAMPLE.split("\n")
MARKUP = (
    "〔〕§第款[](){}|#=\\-*:：1. \n\t'\"&!%@`>,?~\u3000\u2028\u0085\x00\ufeff需核身必说或公司规定"
)
PIECES = [
    "---\n", "## 办理步骤\n", "## 时效\n", "1. 甲 {#a}\n", "   - 必说: 乙\n", "|---|---|---|---|\n",
    "| 事项 | 期限 | 起算 | 依据 |\n", "| a | 30自然日 | b | 〔公司规定〕 |\n", "### 问 {#q}\n",
    "- 必须: 话〔甲法§1〕 {#n}\n", "id: a\n", "says: [", "{甲=一|二}", "  ", "\n", "\\|",
    "&a *a !!x ",
]  # fmt: skip
numbers = st.integers(0, len(LINES) - 1)


def assert_faults_lie_within(data: bytes) -> ParsedFile:
    """Parse and check what must hold for any bytes at all."""
    file = parse_procedure_file(SAMPLE_PATH, data)
    count = data.count(b"\n") + 1
    assert all(1 <= fault.line <= count and fault.column >= 1 for fault in file.faults), file.faults
    assert all(fault.message and fault.file == SAMPLE_PATH for fault in file.faults)
    assert (file.procedure is None) == bool(file.faults)
    assert file.draft is not None or file.faults
    return file


@PROPERTY
@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(data: bytes) -> None:
    assert_faults_lie_within(data)


@PROPERTY
@given(st.text(max_size=200))
def test_any_text_can_be_read_as_header_and_as_body(text: str) -> None:
    for whole in (f"---\n{text}\n---\n", f"---\nid: a\n---\n{text}", f"{SAMPLE}{text}"):
        assert_faults_lie_within(whole.encode("utf-8", "replace"))


@PROPERTY
@given(st.lists(st.sampled_from(PIECES) | st.text(MARKUP, max_size=8), max_size=30))
def test_any_heap_of_markup_can_be_read(pieces: list[str]) -> None:
    assert_faults_lie_within(("---\n" + "".join(pieces)).encode())
    assert_faults_lie_within(("---\nid: a\n---\n" + "".join(pieces)).encode())


@PROPERTY
@given(st.lists(numbers, min_size=1, max_size=8))
def test_deleted_lines_are_no_crash(deleted: list[int]) -> None:
    kept = [line for number, line in enumerate(LINES) if number not in deleted]
    assert_faults_lie_within("\n".join(kept).encode())


@PROPERTY
@given(numbers, numbers)
def test_a_duplicated_line_is_no_crash(source: int, target: int) -> None:
    lines = [*LINES[:target], LINES[source], *LINES[target:]]
    assert_faults_lie_within("\n".join(lines).encode())


@PROPERTY
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=5))
def test_swapped_lines_are_no_crash(swaps: list[tuple[int, int]]) -> None:
    lines = LINES.copy()
    for one, other in swaps:
        lines[one], lines[other] = lines[other], lines[one]
    assert_faults_lie_within("\n".join(lines).encode())


@PROPERTY
@given(numbers, st.integers(0, 60))
def test_a_truncated_line_is_no_crash(number: int, length: int) -> None:
    lines = [*LINES[:number], LINES[number][:length], *LINES[number + 1 :]]
    assert_faults_lie_within("\n".join(lines).encode())


@pytest.mark.parametrize("step", [7])
def test_a_file_cut_off_at_any_byte_is_no_crash(step: int) -> None:
    data = SAMPLE.encode()
    for length in range(0, len(data), step):
        assert_faults_lie_within(data[:length])


@PROPERTY
@given(st.integers(0, len(SAMPLE)), st.text(MARKUP, min_size=1, max_size=4), st.integers(0, 4))
def test_a_few_characters_typed_anywhere_are_no_crash(
    position: int, typed: str, overwritten: int
) -> None:
    text = SAMPLE[:position] + typed + SAMPLE[position + overwritten :]
    assert_faults_lie_within(text.encode())


@PROPERTY
@given(st.integers(0, len(SAMPLE)), st.text(MARKUP, min_size=1, max_size=4))
def test_reading_twice_gives_the_same(position: int, typed: str) -> None:
    data = (SAMPLE[:position] + typed + SAMPLE[position:]).encode()
    assert parse_procedure_file(SAMPLE_PATH, data) == parse_procedure_file(SAMPLE_PATH, data)


def test_faults_lie_within_a_file_whose_header_has_unicode_line_separators() -> None:
    assert_faults_lie_within(("---\na: " + "\u2028" * 50 + "\nb: *c\n---\n").encode())


@pytest.mark.parametrize("character", ["[", "{", "- ", "? ", "!", "〔", "|", "#", "1. ", "\\", "'"])
@pytest.mark.parametrize("place", ["---\na: {}\n---\n", "---\nid: a\n---\n## 时效\n{}\n"])
def test_a_thousand_times_the_same_mark_is_no_crash(character: str, place: str) -> None:
    assert_faults_lie_within(place.format(character * 1000).encode())
