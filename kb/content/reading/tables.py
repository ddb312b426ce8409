"""Reads the two tables, `## 所需材料` and `## 时效`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.content.condition import ALWAYS, NOTHING, Condition, parse_attributes
from kb.content.fault import FaultCollector
from kb.content.procedure import (
    AFTER_PREVIOUS,
    DEADLINES,
    MATERIALS,
    UNITS,
    Deadline,
    Material,
    Term,
    Unit,
)
from kb.content.prose import Prose, parse_prose
from kb.content.reading.section import Row, Section, table_rows

MATERIAL_COLUMNS = ("材料", "何时需要", "要求")
DEADLINE_COLUMNS = ("事项", "期限", "起算", "依据", "何时适用")
WORDED_TERMS = ("及时", "以合同为准", "以公司公示为准")
_NO_ROLL_OVER = "不顺延"
_OR = " 或 "
# 保险期满 is an event; 原30日期满 is another deadline.
_ENDS = re.compile(r"(?:\d[日天]|前一|上一|原).*(?:届满|期满)")
_NUMBERED_TERM = re.compile(rf"^(\d{{1,4}})\s*({'|'.join(UNITS)})$")


def read_materials(section: Section | None, faults: FaultCollector) -> Iterator[Material]:
    """Yield the rows of the material table."""
    if section is None:
        return
    for row in table_rows(section, MATERIAL_COLUMNS, 0, faults):
        name, when, requirement = row.cells
        yield Material(
            address=f"{MATERIALS}/{name}",
            name=name,
            condition=_read_condition(when, row.line, faults),
            requirement=parse_prose(requirement, row.line, faults),
            line=row.line,
        )


def read_deadlines(section: Section | None, faults: FaultCollector) -> Iterator[Deadline]:
    """Yield the rows of the deadline table."""
    if section is None:
        return
    previous: Deadline | None = None
    for row in table_rows(section, DEADLINE_COLUMNS, 1, faults):
        deadline = _read_deadline(row, faults)
        _check_chain(deadline, previous, faults)
        yield deadline
        previous = deadline


def _check_chain(deadline: Deadline, previous: Deadline | None, faults: FaultCollector) -> None:
    """Record a term whose last day would be counted from the wrong day."""
    for term in deadline.terms:
        if term.follows:
            if previous is None or len(previous.terms) != 1 or previous.terms[0].amount is None:
                faults.error(
                    deadline.line,
                    "deadline-chain",
                    f"“{AFTER_PREVIOUS}”的上一行不是只有一条数字期限的时效。",
                    "移到它接着的那一行下面；上一行写成数字加单位，只写一条。",
                )
        elif _ENDS.search(term.starts_from):
            faults.error(
                deadline.line,
                "deadline-chain",
                f"起算“{term.starts_from}”说的是另一条期限到期，末日会算错。",
                f"写成“{AFTER_PREVIOUS}”，并紧跟在它接着的那一行下面。",
            )


def _read_deadline(row: Row, faults: FaultCollector) -> Deadline:
    name, limit, start, authority_text, when = row.cells
    authority = parse_prose(authority_text, row.line, faults)
    rolls_over = not limit.endswith(_NO_ROLL_OVER)
    terms = _read_terms(limit.removesuffix(_NO_ROLL_OVER).strip(), start, row.line, faults)
    _check_authority(authority, terms, row.line, faults)
    return Deadline(
        address=f"{DEADLINES}/{name}",
        name=name,
        terms=terms,
        rolls_over=rolls_over,
        authority=authority,
        condition=_read_condition(when, row.line, faults),
        line=row.line,
    )


def _read_condition(text: str, line: int, faults: FaultCollector) -> Condition:
    return parse_attributes(text, line, faults, NOTHING).condition if text else ALWAYS


def _read_terms(limit: str, start: str, line: int, faults: FaultCollector) -> tuple[Term, ...]:
    limits, starts = _alternatives(limit), _alternatives(start)
    if len(limits) != len(starts) or not all(starts):
        faults.error(
            line,
            "deadline-syntax",
            f"期限有 {len(limits)} 条，起算有 {len(starts) if start else 0} 条。",
            "两格用“ 或 ”隔开同样多条，如 30自然日 或 60自然日 / 催告之日 或 约定缴费日。",
        )
        return ()
    terms = (_read_term(*pair, line, faults) for pair in zip(limits, starts, strict=True))
    return tuple(term for term in terms if term is not None)


def _alternatives(cell: str) -> list[str]:
    return " ".join(cell.split()).split(_OR)


def _read_term(limit: str, start: str, line: int, faults: FaultCollector) -> Term | None:
    if limit in WORDED_TERMS:
        return Term(None, None, limit, start)
    if match := _NUMBERED_TERM.match(limit):
        unit: Unit = UNITS[UNITS.index(match[2])]
        return Term(int(match[1]), unit, limit, start)
    faults.error(
        line,
        "deadline-syntax",
        f"期限“{limit}”写法不对。",
        f"写成数字加单位（{'、'.join(UNITS)}），如 30自然日；或写 {'、'.join(WORDED_TERMS)}。",
    )
    return None


def _check_authority(
    authority: Prose, terms: tuple[Term, ...], line: int, faults: FaultCollector
) -> None:
    if not authority.citations and not authority.practices:
        faults.error(
            line, "deadline-without-authority", "这条时效没有依据。", "在依据一格写〔短名§条〕。"
        )
    elif not authority.citations and any(term.amount is not None for term in terms):
        faults.error(
            line,
            "deadline-number-without-law",
            "公司规定和合同约定的时效不能自带数字。",
            "期限改成 以公司公示为准 或 以合同为准，或补上法条。",
        )
