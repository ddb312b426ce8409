"""What needs 合规: every change of a 必说, a 禁说 or a 合规提示, and of nothing else."""

from __future__ import annotations

import pytest

from kb.changes.guarded_parts import changes_guarded_parts
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH, changed
from tests.kb.changes.drafts import change_set

RENAMED_PATH = "procedures/保全/number-change.md"


def needs_compliance(files: dict[str, tuple[str | None, str | None]]) -> bool:
    return changes_guarded_parts(change_set(files).files)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("变更要由投保人提出。", "变更由投保人提出。"),
        ("委托书写明代办事项〔示例法§16第2款〕", "委托书写明代办事项〔示例法§16第1款〕"),
        ("{来电人=被保险人|受益人}", "{来电人=被保险人}"),
        ("禁说: 完整号码", "禁说: 全部号码"),
        ("   - 禁说: 完整号码\n", ""),
        ("   - 禁说: 完整号码\n", "   - 禁说: 完整号码\n   - 禁说: 旧号码\n"),
        ("复述: 您本人", "必说: 您本人"),
        ("{#read-out 需核身}", "{#read-out}"),
        ("{#proxy 办理人=代办}", "{#proxy}"),
        ("只核对，不代报", "只核对"),
        ("- 提示: 深圳另有登记表", "- 必须: 深圳另有登记表"),
        ("- 禁止: 登记销售人员的号码〔公司规定〕 {#no-agent-number 办理人=代办}\n", ""),
    ],
)
def test_compliance_sees(old: str, new: str) -> None:
    assert needs_compliance({SAMPLE_PATH: (SAMPLE, changed(old, new))})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("核身后当场登记", "核身后登记"),
        ("必核: 姓名和证件号码", "必核: 姓名、证件号码"),
        ("话术: “尾号是这几位吗？”", "话术: “尾号对吗？”"),
        ("必记: 报出的后几位", "必记: 后几位"),
        ("变更要由投保人提出。", "变更要由投保人提出。 "),
        ("{#no-read-out}", "{#never-read-out}"),
        ("| 告知结果 | 5工作日 |", "| 告知结果 | 3工作日 |"),
        ("系统登记不上。", "系统登记不上，或页面报错。"),
    ],
)
def test_compliance_need_not_see(old: str, new: str) -> None:
    assert not needs_compliance({SAMPLE_PATH: (SAMPLE, changed(old, new))})


def test_a_file_that_comes_or_goes_brings_or_takes_its_parts_along() -> None:
    assert needs_compliance({LINKED_PATH: (None, LINKED)})
    assert needs_compliance({LINKED_PATH: (LINKED, None)})


def test_a_renamed_file_changes_nothing() -> None:
    assert not needs_compliance({SAMPLE_PATH: (SAMPLE, None), RENAMED_PATH: (None, SAMPLE)})


def test_a_part_that_moves_to_another_procedure_is_seen() -> None:
    other = LINKED.replace("id: address-change", "id: other-change")

    assert needs_compliance({LINKED_PATH: (LINKED, None), RENAMED_PATH: (None, other)})


def test_data_files_have_no_such_parts() -> None:
    assert not needs_compliance({"desk.yaml": ("- 必说: a", "- 必说: b")})


def test_what_stands_in_the_place_of_an_unreadable_file_counts_as_new() -> None:
    assert needs_compliance({SAMPLE_PATH: ("no procedure", SAMPLE)})
