"""The check of one file: personal data, dates, and all faults at once."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import Fault, check_file
from kb.content.check.pack_check import anchors_of
from tests.content_samples import (
    SAMPLE,
    changed,
    line_of,
    parse,
    sample_pack,
    sample_reference,
)

TODAY = date(2026, 8, 1)
# Synthetic: 138 0013 8000 is the number that telephone makers print in their manuals.
PHONE = "13800138000"


def check(text: str, today: date = TODAY) -> list[Fault]:
    return check_file(
        parse(text), text.encode(), sample_reference(), anchors_of(sample_pack()), today
    )


def test_a_valid_file_has_no_faults() -> None:
    assert check(SAMPLE) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - 我换号码了", f"  - 我换成{PHONE}了"),
        ("   - 必记: 报出的后几位", f"   - 必记: 客户的{PHONE}"),
        ("系统登记不上。", "系统登记不上，打 138-0013-8000。"),
    ],
)
def test_a_real_looking_number_is_an_error_at_its_line_and_column(old: str, new: str) -> None:
    text = changed(old, new)
    [fault] = check(text)
    assert (fault.code, fault.severity, fault.line) == (
        "personal-data",
        "error",
        line_of(new, text),
    )
    assert text.split("\n")[fault.line - 1][fault.column - 1 :].startswith("138")


def test_two_numbers_on_a_line_are_two_faults() -> None:
    faults = check(changed("系统登记不上。", f"打{PHONE}，再打{PHONE}。"))
    assert [fault.code for fault in faults] == ["personal-data", "personal-data"]


def test_personal_data_is_found_even_in_a_file_that_cannot_be_read() -> None:
    assert {fault.code for fault in check(f"no header\n{PHONE}")} == {
        "header-missing",
        "personal-data",
    }


def test_a_review_date_is_a_warning_from_the_day_after_it() -> None:
    assert check(SAMPLE, today=date(2026, 12, 31)) == []
    [fault] = check(changed("review_by: 2026-12-31", "review_by: 2026-07-31"))
    assert (fault.code, fault.severity) == ("review-passed", "warning")
    assert fault.line == line_of("review_by", SAMPLE)


def test_an_unpublished_year_is_a_warning_only_where_days_are_counted() -> None:
    later = changed("review_by: 2026-12-31", "review_by: 2099-12-31")
    [fault] = check(later, today=date(2098, 6, 1))
    assert (fault.code, fault.severity) == ("calendar-year-missing", "warning")
    assert fault.line == line_of("| 告知结果 |", later)
    start, end = later.index("| 告知结果 |"), later.index("| 更新短信名单 |")
    assert check(later[:start] + later[end:], today=date(2098, 6, 1)) == []


def test_a_broken_file_gets_no_warnings_about_dates() -> None:
    text = changed(
        "owner: 保全运营\n", "", changed("review_by: 2026-12-31", "review_by: 2020-01-01")
    )
    assert [fault.code for fault in check(text)] == ["header-missing"]


def test_the_faults_of_reading_and_checking_come_in_the_order_of_lines() -> None:
    text = changed("products: [寿险]", "products: [车险]", changed("- 转二线:", "- 转天上:"))
    text = changed("核对来电人身份。", "核对来电人身份〔无此法§1〕。", text)
    faults = check(text)
    assert [fault.code for fault in faults] == [
        "scope-unknown",
        "citation-unknown-law",
        "route-unknown",
    ]
    assert faults == sorted(faults)
