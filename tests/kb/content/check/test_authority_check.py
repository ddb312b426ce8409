"""A number of days, years or money cites law."""

from __future__ import annotations

import pytest

from kb.content.check.authority_check import check_amounts
from kb.content.fault import FaultCollector
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, procedure_in

WRITTEN = "登记新号码，同时问地址变没变，见[变更联系地址](address-change#collect)。"
LINE = SAMPLE[: SAMPLE.index(WRITTEN)].count("\n") + 1


def faults_of(text: str, written: str = WRITTEN) -> list[tuple[int, str]]:
    faults = FaultCollector(SAMPLE_PATH)
    check_amounts(procedure_in(changed(written, text)), faults)
    return [(fault.line, fault.message) for fault in faults.faults]


def test_the_sample_has_none() -> None:
    assert faults_of(WRITTEN) == []


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("30日内办结。", "30日"),
        ("三十天内办结。", "三十天"),
        ("五个工作日内办结。", "五个工作日"),
        ("满两年的转专岗。", "两年"),
        ("超过1000元的要通知。", "1000元"),
        ("30日内办结〔公司规定〕。", "30日"),
        ("满两年看合同〔合同约定〕。", "两年"),
        ("要书面申请〔示例法§6〕。30日内办结。", "30日"),
        ("30日内办结。要书面申请〔公司规定〕。依据见法〔示例法§6〕。", "30日"),
    ],
)
def test_an_amount_without_law_is_an_error_at_its_line(text: str, amount: str) -> None:
    assert faults_of(text) == [(LINE, f"“{amount}”没有法律依据。")]


@pytest.mark.parametrize(
    "text",
    [
        "30日内办结〔示例法§6〕。",
        "30日内办结，另有约定的从约定〔示例法§6〕〔合同约定〕。",
        "“30日内办结。请放心。”〔示例法§6〕",
        "最晚是这一天，早一天晚一天都说清。",
        "保一年的叫一年期产品。",
        "2026年起施行，第3日回电。",
        "满16周岁的本人来办。",
        "以公司公示为准〔公司规定〕。",
    ],
)
def test_an_amount_that_rests_on_law_or_counts_nothing_is_none(text: str) -> None:
    assert faults_of(text) == []


def test_what_must_not_be_said_may_name_wrong_amounts() -> None:
    assert faults_of("“三天就到账”", "“随便报个号就行”") == []
