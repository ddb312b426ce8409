"""A line that stands for two things is found at the second."""

from __future__ import annotations

import pytest

from kb.content import Fault, check_pack, read_pack
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


@pytest.mark.parametrize(
    ("linked", "field"),
    [
        (changed("我搬家了", "我换号码了。", LINKED), "says:"),
        (changed("owner:", "heard: [搬了, 我换号码了]\nowner:", LINKED), "heard:"),
    ],
)
def test_a_line_said_for_two_procedures_is_a_warning_at_the_second(linked: str, field: str) -> None:
    sample = changed("owner:", "heard: [换了号码]\nowner:")
    (fault,) = faults_of(sample_files(sample=sample, linked=linked))
    # Files are read in the order of their paths.
    assert LINKED_PATH < SAMPLE_PATH
    line = 1 + sample[: sample.index("\nsays:") + 1].count("\n")
    assert (fault.file, fault.line, fault.code) == (SAMPLE_PATH, line, "says-shared")
    assert fault.severity == "warning"
    assert "address-change" in fault.message
    assert field in linked


def test_versions_of_one_procedure_may_say_the_same() -> None:
    later = changed("effective_from: 2026-01-01", "effective_from: 2026-07-01", SAMPLE)
    path = SAMPLE_PATH.replace(".md", "@2026-07-01.md")
    assert faults_of({**sample_files(), path: later.encode()}) == []
