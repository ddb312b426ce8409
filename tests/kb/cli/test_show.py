"""`kb show`."""

from __future__ import annotations

import hashlib

import pytest

from kb.answer import answer_json
from kb.cli.common import open_knowledge_base
from kb.content import SECTIONS
from kb.settings import Settings
from tests.content_samples import SAMPLE
from tests.kb.cli.commands import LATER, ON, Shell


def test_every_section_is_printed_with_conditions_still_open(indexed: Shell) -> None:
    finished = indexed.run("show", "contact-change", *ON)
    assert (finished.code, finished.errors) == (0, "")
    lines = finished.output.splitlines()
    assert lines[0] == "变更联系电话  [contact-change]  2026-01-01 起施行"
    for section in SECTIONS:
        assert any(line.startswith(section) for line in lines)
    assert "先问 办理人：本人 / 代办" in lines
    assert "3. （如果 办理人=代办）请代办人提交委托书。" in lines
    assert "2. （先核身）报出登记号码的后几位。" in lines


def test_a_given_answer_folds_what_does_not_apply_and_counts_it(indexed: Shell) -> None:
    settings = ("--set", "办理人=本人", "--set", "核身=已核")
    output = indexed.run("show", "contact-change", *settings, *ON).output
    assert "先问 办理人：本人" in output
    assert "请代办人提交委托书" not in output
    assert "2. 报出登记号码的后几位。" in output
    assert "已收起不适用的" in output


@pytest.mark.parametrize(
    ("day", "title"), [("2026-06-30", "变更联系地址"), ("2026-07-01", "变更通信地址")]
)
def test_a_day_shows_the_version_in_force_on_it(indexed: Shell, day: str, title: str) -> None:
    assert title in indexed.run("show", "address-change", "--on", day).output.splitlines()[0]


def test_a_revision_is_shown_by_the_beginning_of_its_hash(indexed: Shell) -> None:
    revision = hashlib.sha256(LATER.encode()).hexdigest()
    output = indexed.run("show", "address-change", "--revision", revision[:10], *ON).output
    assert output.splitlines()[0].startswith("变更通信地址")


def test_deadlines_run_from_the_event(indexed: Shell) -> None:
    output = indexed.run("show", "contact-change", "--event", "2026-06-01", *ON).output
    assert "时效（从 2026-06-01 起算）" in output
    assert "- 告知结果：收到申请起 5工作日，最后一日 2026-06-08〔示例法§6〕" in output


def test_the_json_is_the_answer_of_the_library(indexed: Shell) -> None:
    options = ("--set", "办理人=代办", "--event", "2026-06-01")
    printed = indexed.run("show", "contact-change", *options, "--json", *ON).json
    settings = Settings(content_dir=indexed.content, data_dir=indexed.data)
    view = open_knowledge_base(settings).view
    day = view.today.fromisoformat("2026-06-01")
    context = view.call_context(["办理人=代办"], day)
    assert printed == answer_json(view.answer("contact-change", context, day))
    assert printed["revision"] == hashlib.sha256(SAMPLE.encode()).hexdigest()
