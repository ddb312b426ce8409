"""Every reference of a procedure that leads nowhere is found, with the nearest word."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import Fault, check_pack, read_pack
from tests.content_samples import (
    LINKED_PATH,
    SAMPLE,
    SAMPLE_PATH,
    changed,
    line_of,
    sample_files,
    sample_pack,
)

TODAY = date(2026, 8, 1)


def faults_after(old: str, new: str) -> tuple[str, list[Fault]]:
    text = changed(old, new)
    faults = check_pack(sample_pack(sample=text), sample_files(sample=text), TODAY)
    assert {fault.file for fault in faults} <= {SAMPLE_PATH}
    return text, faults


@pytest.mark.parametrize(
    ("old", "new", "code", "hint"),
    [
        ("products: [寿险]", "products: [寿险, 车险]", "scope-unknown", "车险"),
        ("channels: [电话]", "channels: [电话机]", "scope-unknown", "电话"),
        ("channels: [电话]", "regions: [火星]", "scope-unknown", "全国"),
        (
            "  办理人: [本人, 代办]",
            "  来电人: [投保人, 被保险人, 受益人]\n  办理人: [本人, 代办]",
            "asks-key",
            "来电人",
        ),
        ("{#register}", "{#register 办理仁=本人}", "condition-unknown-key", "办理人"),
        ("{#register}", "{#register 办理人=本仁|代办}", "condition-unknown-value", "本人"),
        ("{#register}", "{#register 地区=深证}", "condition-unknown-value", "深圳"),
        ("{#register}", "{#register 核身=已核身}", "condition-unknown-value", "已核"),
        ("address-change#collect", "adress-change#collect", "link-broken", "address-change"),
        ("address-change#collect", "address-change#colect", "link-broken", "collect"),
        ("related: [address-change]", "related: [adress-change]", "link-broken", "address-change"),
        ("姓名和证件号码〔示例法§6〕", "姓名〔示列法§6〕", "citation-unknown-law", "示例法"),
        ("姓名和证件号码〔示例法§6〕", "姓名〔示例法§21〕", "citation-out-of-range", "20"),
        ("姓名和证件号码〔示例法§6〕", "姓名〔示例法§0〕", "citation-out-of-range", "20"),
        ("姓名和证件号码〔示例法§6〕", "姓名〔示例法§6.1〕", "citation-out-of-range", "20"),
        ("姓名和证件号码〔示例法§6〕", "姓名〔示例法§6第2款〕", "citation-out-of-range", "1 款"),
        ("姓名和证件号码〔示例法§6〕", "姓名〔示例法§7〕", "citation-unregistered", "示例法§7"),
        ("姓名和证件号码〔示例法§6〕", "姓名〔示例标准§3.1〕", "citation-unregistered", "示例标准"),
        ("姓名和证件号码〔示例法§6〕", "姓名〔旧示例法§1〕", "citation-not-in-force", "2026-01-01"),
    ],
)
def test_a_reference_that_leads_nowhere_is_a_fault_on_its_line(
    old: str, new: str, code: str, hint: str
) -> None:
    text, faults = faults_after(old, new)
    assert [fault.code for fault in faults] == [code]
    where = "applies:" if code == "scope-unknown" else new.split("\n")[0]
    assert faults[0].line == line_of(where, text)
    assert hint in faults[0].message + faults[0].fix


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("姓名和证件号码〔示例法§6〕", "姓名〔示例标准§3.1.2〕"),
        ("姓名和证件号码〔示例法§6〕", "姓名〔示例标准§3.1.2第9款〕"),
        ("姓名和证件号码〔示例法§6〕", "姓名〔示例法§16第2款〕"),
        ("channels: [电话]", "regions: [深圳, 北京]"),
        ("{#register}", "{#register 产品=终身寿险|医疗险 渠道=柜面 地区=广东}"),
        ("{#register}", "{#register 办理人=本人 号码状态=在用}"),
        ("related: [address-change]", "related: [contact-change]"),
        ("address-change#collect", "contact-change#verify"),
        ("address-change#collect", "address-change#as-told"),
    ],
)
def test_a_reference_that_leads_somewhere_is_no_fault(old: str, new: str) -> None:
    assert faults_after(old, new)[1] == []


def test_an_endless_article_number_is_out_of_range_and_no_crash() -> None:
    _, faults = faults_after("姓名和证件号码〔示例法§6〕", f"姓名〔示例法§{'9' * 5000}〕")
    assert "citation-out-of-range" in [fault.code for fault in faults]


def test_a_replacement_that_does_not_exist_is_a_broken_link() -> None:
    new = "effective_until: 2026-12-31\nreplaced_by: adress-change\nreview_by"
    text, faults = faults_after("review_by", new)
    assert [(fault.code, fault.line) for fault in faults] == [
        ("link-broken", line_of("replaced_by", text))
    ]


def test_an_unknown_category_is_a_fault_on_its_field() -> None:
    text = changed("category: 保全", "category: 保权")
    files = {SAMPLE_PATH.replace("保全", "保权"): text.encode(), **sample_files()}
    del files[SAMPLE_PATH]
    faults = check_pack(read_pack(files), files, TODAY)
    assert [(f.code, f.line) for f in faults] == [
        ("category-unknown", line_of("category:", SAMPLE))
    ]
    assert "您是不是要写：保全" in faults[0].fix


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| 授权委托书 | 办理人=代办 |", "| 授权委托书 | 星座=白羊 |"),
        ("{来电人=被保险人|受益人}", "{星座=白羊}"),
        ("{#no-agent-number 办理人=代办}", "{#no-agent-number 星座=白羊}"),
        ("| 号码状态=停用 |", "| 星座=白羊 |"),
        ("{#own-number 办理人=代办}", "{#own-number 星座=白羊}"),
        ("客户坚持留别人的号。 {办理人=代办}", "客户坚持留别人的号。 {星座=白羊}"),
    ],
)
def test_conditions_are_checked_on_every_kind_of_part(old: str, new: str) -> None:
    text, faults = faults_after(old, new)
    assert [(f.code, f.line) for f in faults] == [("condition-unknown-key", line_of("星座", text))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("核对来电人身份。", "核对来电人身份〔无此法§1〕。"),
        ("   - 必记: 报出的后几位", "   - 必记: 后几位〔无此法§1〕"),
        ("写明事项〔示例法§16〕", "写明事项〔无此法§1〕"),
        ("只核对，不代报〔示例法§6〕", "只核对〔无此法§1〕"),
        ("通话结束 | 〔示例法§6〕", "通话结束 | 〔无此法§1〕"),
        ("当天没收到短信的，请再来电。", "请再来电〔无此法§1〕。"),
        ("系统登记不上。", "系统登记不上〔无此法§1〕。"),
    ],
)
def test_citations_are_checked_in_every_kind_of_part(old: str, new: str) -> None:
    text, faults = faults_after(old, new)
    assert [(f.code, f.line) for f in faults] == [("citation-unknown-law", line_of("无此法", text))]


def test_links_are_checked_against_broken_files_as_far_as_they_can_be_read() -> None:
    files = sample_files(
        linked=sample_files()[LINKED_PATH].decode().replace("owner: 保全运营\n", "")
    )
    assert [(f.file, f.code) for f in check_pack(read_pack(files), files, TODAY)] == [
        (LINKED_PATH, "header-missing")
    ]


def test_links_to_an_unreadable_file_are_broken() -> None:
    files = sample_files(linked="")
    faults = check_pack(sample_pack(linked=""), files, TODAY)
    assert [(f.file, f.code) for f in faults] == [
        (LINKED_PATH, "header-missing"),
        (SAMPLE_PATH, "link-broken"),
        (SAMPLE_PATH, "link-broken"),
    ]
