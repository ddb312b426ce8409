"""What an answer says about itself: scope, region, overdue review."""

from __future__ import annotations

from datetime import date

import pytest

from tests.content_samples import changed
from tests.kb.answer.calls import answer

NO_RULE = "本省无特殊规定"


def test_a_call_of_which_nothing_is_known_gets_no_notice() -> None:
    assert answer().notices == ()


@pytest.mark.parametrize("region", ["北京", "广州"])
def test_a_region_without_a_rule_of_its_own_is_told_so(region: str) -> None:
    assert answer(地区=region).notices == (f"{region}：{NO_RULE}。",)


@pytest.mark.parametrize(
    ("rule", "region"), [("深圳", "深圳"), ("广东", "深圳"), ("北京|广东", "广州")]
)
def test_a_region_with_a_rule_of_its_own_or_of_its_province_is_told_nothing(
    rule: str, region: str
) -> None:
    text = changed("{#local-form 地区=深圳}", f"{{#local-form 地区={rule}}}")
    assert answer(text, 地区=region).notices == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{#register}", "{#register 地区=北京}"),
        ("   - 必记: 报出的后几位", "   - 必记: 报出的后几位 {地区=北京}"),
        ("| 授权委托书 | 办理人=代办 |", "| 授权委托书 | 地区=北京 |"),
        ("| 号码状态=停用 |", "| 地区=北京 |"),
        ("{#own-number 办理人=代办}", "{#own-number 地区=北京}"),
        ("- 转二线: 系统登记不上。", "- 转二线: 系统登记不上。 {地区=北京}"),
    ],
)
def test_a_rule_of_a_region_may_stand_on_any_part(old: str, new: str) -> None:
    assert answer(changed(old, new), 地区="北京").notices == ()


def test_a_procedure_made_for_a_region_is_that_region_s_rule() -> None:
    text = changed("channels: [电话]", "regions: [北京]")
    assert answer(text, 地区="北京").notices == ()


def test_a_call_outside_the_scope_is_told_what_the_procedure_is_for() -> None:
    assert answer(产品="医疗险").notices == ("本规程适用于寿险，不适用于医疗险。",)
    assert answer(渠道="柜面").notices == ("本规程适用于电话，不适用于柜面。",)


@pytest.mark.parametrize("product", ["寿险", "定期寿险", "人身险"])
def test_a_product_above_or_below_the_scope_is_inside_it(product: str) -> None:
    assert answer(产品=product).notices == ()


def test_every_scope_that_does_not_fit_is_named() -> None:
    text = changed("channels: [电话]", "channels: [电话]\n  regions: [广东, 全国]")
    assert len(answer(text, 产品="医疗险", 渠道="柜面").notices) == 2


def test_an_overdue_review_is_said_from_the_day_after_it() -> None:
    assert answer(day=date(2026, 12, 31)).notices == ()
    [notice] = answer(day=date(2027, 1, 1)).notices
    assert "2026-12-31 已过" in notice
