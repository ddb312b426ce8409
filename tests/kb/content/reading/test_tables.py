"""The tables `## 所需材料` and `## 时效`."""

from __future__ import annotations

import pytest

from kb.content import Deadline, Material, Term
from kb.content.reading.tables import WORDED_TERMS, read_deadlines, read_materials
from tests.content_samples import collector, places, section

Places = list[tuple[str, int]]


def materials(*rows: str) -> tuple[list[Material], Places]:
    faults = collector()
    table = section("所需材料", "| 材料 | 何时需要 | 要求 |", "|---|---|---|", *rows)
    return list(read_materials(table, faults)), places(faults.faults)


def deadline(limit: str, start: str, authority: str = "〔示例法§6〕") -> tuple[Deadline, Places]:
    faults = collector()
    row = f"| 退钱 | {limit} | {start} | {authority} |"
    table = section("时效", "| 事项 | 期限 | 起算 | 依据 |", "|---|---|---|---|", row)
    found = list(read_deadlines(table, faults))
    return found[0], places(faults.faults)


def chain(*rows: str) -> Places:
    """Return the faults of deadlines (limit and start a row)."""
    faults = collector()
    written = [f"| 事{number} | {row} | 〔示例法§6〕 |" for number, row in enumerate(rows)]
    list(
        read_deadlines(
            section("时效", "| 事项 | 期限 | 起算 | 依据 |", "|---|---|---|---|", *written), faults
        )
    )
    return places(faults.faults)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (("30自然日 | 收到投诉", "30自然日 | 前一期限届满"), []),
        (("30自然日 | 前一期限届满",), [4]),
        (("及时 | 收到投诉", "30自然日 | 前一期限届满"), [5]),
        (("30自然日 或 60自然日 | 催告 或 逾期", "30自然日 | 前一期限届满"), [5]),
        (("30自然日 | 收到投诉", "30自然日 | 原30日期满"), [5]),
        (("30自然日 | 收到投诉", "30自然日 | 30日届满"), [5]),
        (("30自然日 | 收到投诉", "30自然日 | 保险期满"), []),
    ],
)
def test_a_term_that_runs_on_stands_below_the_one_it_follows(
    rows: tuple[str, ...], lines: list[int]
) -> None:
    assert chain(*rows) == [("deadline-chain", line) for line in lines]


def test_a_material_has_name_condition_and_requirement() -> None:
    found, faults = materials(
        "| 委托书 | 办理人=代办 来电人=受益人\\|被保险人 | 原件〔示例法§16〕 |"
    )
    assert [(item.name, item.address, item.line) for item in found] == [
        ("委托书", "所需材料/委托书", 4)
    ]
    assert str(found[0].condition) == "办理人=代办 来电人=受益人|被保险人"
    assert found[0].requirement.plain == "原件"
    assert faults == []


def test_a_material_without_condition_is_always_needed() -> None:
    found, _ = materials("| 申请书 | | |")
    assert not found[0].condition
    assert found[0].requirement.raw == ""


def test_a_bad_condition_or_citation_in_a_cell_is_reported_on_its_row() -> None:
    assert materials("| 甲 | 代办 | |", "| 乙 | | 原件〔错〕 |")[1] == [
        ("condition-syntax", 4),
        ("citation-syntax", 5),
    ]


@pytest.mark.parametrize("text", ["{办理人=代办}", "#anchor", "需核身"])
def test_a_condition_cell_takes_conditions_only(text: str) -> None:
    _, faults = materials(f"| 甲 | {text} | |")
    assert [line for _, line in faults] == [4]


@pytest.mark.parametrize(
    ("limit", "amount", "unit"),
    [
        ("24小时", 24, "小时"),
        ("30自然日", 30, "自然日"),
        ("5 工作日", 5, "工作日"),
        ("6月", 6, "月"),
        ("2年", 2, "年"),
    ],
)
def test_a_numbered_term_has_amount_and_unit(limit: str, amount: int, unit: str) -> None:
    found, faults = deadline(limit, "收到申请")
    assert [(term.amount, term.unit, term.starts_from) for term in found.terms] == [
        (amount, unit, "收到申请")
    ]
    assert found.rolls_over
    assert faults == []


@pytest.mark.parametrize("limit", WORDED_TERMS)
def test_a_worded_term_has_no_number(limit: str) -> None:
    found, faults = deadline(limit, "收到申请", "〔公司规定〕")
    assert found.terms == (Term(None, None, limit, "收到申请"),)
    assert faults == []


def test_alternatives_pair_each_limit_with_its_own_start() -> None:
    found, faults = deadline("30自然日 或 60自然日", "催告之日 或 约定缴费日")
    assert [(term.wording, term.starts_from) for term in found.terms] == [
        ("30自然日", "催告之日"),
        ("60自然日", "约定缴费日"),
    ]
    assert faults == []


@pytest.mark.parametrize("limit", ["2年 不顺延", "2年不顺延"])
def test_a_term_may_refuse_to_roll_over(limit: str) -> None:
    found, faults = deadline(limit, "通话结束")
    assert not found.rolls_over
    assert found.terms[0].wording == "2年"
    assert faults == []


@pytest.mark.parametrize(
    ("limit", "start"),
    [
        ("三十天", "收到申请"),
        ("30", "收到申请"),
        ("30天", "收到申请"),
        ("-30自然日", "收到申请"),
        ("12345自然日", "收到申请"),
        ("1.5年", "收到申请"),
        ("", "收到申请"),
        ("30自然日", ""),
        ("30自然日 或 60自然日", "收到申请"),
        ("30自然日", "收到申请 或 催告之日"),
        ("30自然日或60自然日", "收到申请"),
    ],
)
def test_a_malformed_term_is_a_fault(limit: str, start: str) -> None:
    assert deadline(limit, start)[1] == [("deadline-syntax", 4)]


def test_a_deadline_without_authority_is_a_fault() -> None:
    assert deadline("30自然日", "收到申请", "保险法")[1] == [("deadline-without-authority", 4)]


@pytest.mark.parametrize("mark", ["〔公司规定〕", "〔合同约定〕"])
def test_practice_alone_cannot_carry_a_number(mark: str) -> None:
    assert deadline("30自然日", "收到申请", mark)[1] == [("deadline-number-without-law", 4)]
    assert deadline("30自然日", "收到申请", f"〔示例法§6〕{mark}")[1] == []


def test_the_condition_column_is_optional() -> None:
    faults = collector()
    head = ("| 事项 | 期限 | 起算 | 依据 | 何时适用 |", "|---|---|---|---|---|")
    row = "| 退钱 | 及时 | 收到申请 | 〔公司规定〕 | 办理人=代办 |"
    found = list(read_deadlines(section("时效", *head, row), faults))
    assert [(str(item.condition), item.address) for item in found] == [("办理人=代办", "时效/退钱")]
    assert faults.faults == []


@pytest.mark.parametrize("reader", [read_materials, read_deadlines])
def test_a_missing_section_has_no_rows(reader: object) -> None:
    assert list(reader(None, collector())) == []  # type: ignore[operator]
