"""A line that stands for two things is found at the second."""

from __future__ import annotations

import pytest

from kb.content import Fault, check_pack, read_pack
from kb.content.heard import heard_path
from kb.content.outside import OUTSIDE_FILE
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH, changed, sample_files
from tests.kb.content.mutations.damage import TODAY

SUBJECTS = """\
社会保险:
  handled_by: 社会保险经办机构
  says: [社保断了能补吗]
手机服务:
  handled_by: 手机运营商
  says:
    - 套餐怎么退
    - {line}
"""


def faults_of(files: dict[str, bytes]) -> list[Fault]:
    return check_pack(read_pack(files), files, TODAY)


@pytest.mark.parametrize(
    "line",
    [
        "变更联系电话",
        "改号码",
        "我换号码了",
        "我 换号码了！",
        "地址换了",
        "社保断了，能补吗？",
        "套餐怎么退",
    ],
)
def test_a_line_of_an_outside_subject_that_stands_elsewhere_is_an_error(line: str) -> None:
    files = {**sample_files(), OUTSIDE_FILE: SUBJECTS.format(line=line).encode()}
    (fault,) = faults_of(files)
    assert (fault.file, fault.line, fault.code) == (OUTSIDE_FILE, 8, "outside-repeats")
    assert fault.severity == "error"
    assert line in fault.message


def test_a_line_that_only_begins_alike_is_no_fault() -> None:
    line = "我换号码了，套餐还在吗"
    files = {**sample_files(), OUTSIDE_FILE: SUBJECTS.format(line=line).encode()}
    assert faults_of(files) == []


def test_a_line_said_for_two_procedures_is_a_warning_at_the_second() -> None:
    linked = changed("我搬家了", "我换号码了。", LINKED)
    (fault,) = faults_of(sample_files(linked=linked))
    # Files are read in the order of their paths.
    assert LINKED_PATH < SAMPLE_PATH
    line = 1 + SAMPLE[: SAMPLE.index("\nsays:") + 1].count("\n")
    assert (fault.file, fault.line, fault.code) == (SAMPLE_PATH, line, "says-shared")
    assert fault.severity == "warning"
    assert "address-change" in fault.message


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("搬了\n\n 我换号码了。\n", 3, "says-shared"),
        ("搬了\n新家\n搬了！\n", 3, "heard-repeated"),
        ("我搬家了\n", 1, "heard-repeated"),
        ("搬了\n13812345678 是我的新号\n", 2, "personal-data"),
        ("搬了\n新\x07家\n", 2, "encoding"),
    ],
)
def test_a_heard_line_is_found_at_its_line(text: str, line: int, code: str) -> None:
    path = heard_path("address-change")
    (fault,) = faults_of({**sample_files(), path: text.encode()})
    assert (fault.file, fault.line, fault.code) == (path, line, code)


def test_lines_heard_for_no_procedure_are_an_error() -> None:
    (fault,) = faults_of({**sample_files(), heard_path("adress-change"): "搬了\n".encode()})
    assert (fault.file, fault.code) == ("heard/adress-change.txt", "heard-without-procedure")


def test_versions_of_one_procedure_may_say_the_same() -> None:
    later = changed("effective_from: 2026-01-01", "effective_from: 2026-07-01", SAMPLE)
    path = SAMPLE_PATH.replace(".md", "@2026-07-01.md")
    assert faults_of({**sample_files(), path: later.encode()}) == []
