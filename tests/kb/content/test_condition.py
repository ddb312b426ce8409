"""Conditions: blank is and, `|` is or, parents cover children in both directions."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kb.content import Condition, Verdict
from kb.content.condition import NO_ATTRIBUTES, parse_attributes
from tests.content_samples import collector, places, sample_reference

VOCABULARY = sample_reference().vocabulary
APPLIES, OPEN, EXCLUDED = Verdict.APPLIES, Verdict.OPEN, Verdict.EXCLUDED


def condition(text: str) -> Condition:
    return parse_attributes(text, 1, collector()).condition


def judge(text: str, given: Mapping[str, str]) -> Verdict:
    return condition(text).judge(given, VOCABULARY.covers)


def test_no_condition_always_applies() -> None:
    assert judge("", {}) is APPLIES
    assert not condition("")


@pytest.mark.parametrize(
    ("given", "verdict"),
    [({}, OPEN), ({"甲": "一"}, APPLIES), ({"甲": "二"}, APPLIES), ({"甲": "三"}, EXCLUDED)],
)
def test_a_bar_means_that_any_of_the_values_fits(given: dict[str, str], verdict: Verdict) -> None:
    assert judge("甲=一|二", given) is verdict


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({}, OPEN),
        ({"甲": "一"}, OPEN),
        ({"乙": "二"}, OPEN),
        ({"甲": "一", "乙": "二"}, APPLIES),
        ({"甲": "三"}, EXCLUDED),
        ({"乙": "三"}, EXCLUDED),
        ({"甲": "一", "乙": "三"}, EXCLUDED),
        ({"甲": "三", "乙": "二"}, EXCLUDED),
    ],
)
def test_a_blank_means_that_all_clauses_must_fit(given: dict[str, str], verdict: Verdict) -> None:
    assert judge("甲=一 乙=二", given) is verdict


@pytest.mark.parametrize(
    ("written", "answer", "verdict"),
    [
        ("深圳", "深圳", APPLIES),
        ("广东", "深圳", APPLIES),
        ("全国", "深圳", APPLIES),
        ("深圳", "广东", OPEN),
        ("深圳", "全国", OPEN),
        ("深圳", "广州", EXCLUDED),
        ("广东", "北京", EXCLUDED),
        ("北京|深圳", "广东", OPEN),
        ("北京|广东", "深圳", APPLIES),
    ],
)
def test_a_region_row_is_judged_through_parents(
    written: str, answer: str, verdict: Verdict
) -> None:
    assert judge(f"地区={written}", {"地区": answer}) is verdict


def test_products_have_parents_too() -> None:
    assert judge("产品=人身险", {"产品": "终身寿险"}) is APPLIES
    assert judge("产品=医疗险", {"产品": "终身寿险"}) is EXCLUDED


def test_a_condition_is_spelled_in_one_way() -> None:
    assert str(condition("  甲=一|二   乙=三 ")) == "甲=一|二 乙=三"


def test_attributes_hold_anchor_condition_and_verification_in_any_order() -> None:
    faults = collector()
    attributes = parse_attributes("甲=一 需核身 #step-2", 1, faults)
    assert (attributes.anchor, attributes.needs_verification) == ("step-2", True)
    assert str(attributes.condition) == "甲=一"
    assert faults.faults == []
    assert parse_attributes("", 1, faults) == NO_ATTRIBUTES


@pytest.mark.parametrize(
    "token",
    [
        "甲",
        "甲=",
        "=一",
        "甲=一|",
        "甲=|一",
        "甲=一||二",
        "甲==一",
        "甲=一=二",
        "甲|乙=一",
    ],
)
def test_a_malformed_clause_is_a_fault_and_the_others_are_read(token: str) -> None:
    faults = collector()
    attributes = parse_attributes(f"{token} 乙=二", 9, faults)
    assert places(faults.faults) == [("condition-syntax", 9)]
    assert str(attributes.condition) == "乙=二"


@pytest.mark.parametrize("anchor", ["#", "#Verify", "#1st", "#核身", "#a_b", "#-a", "#a#b"])
def test_a_malformed_anchor_is_a_fault(anchor: str) -> None:
    faults = collector()
    assert parse_attributes(anchor, 9, faults).anchor == ""
    assert places(faults.faults) == [("anchor-syntax", 9)]
