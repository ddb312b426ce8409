"""Checks that numbers of days, years and money rest on law, as content must have it.

What a company or a contract lays down changes and differs: its numbers stand where they are kept.
"""

from __future__ import annotations

import re

from kb.content.fault import FaultCollector
from kb.content.procedure import Block, Procedure, citing_parts
from kb.content.statements import Authority, Statement, statements_of

_UNIT = "工作日|自然日|小时|日|天|周(?!岁)|个?月|年(?!期)|元|万元"
# 第3日 and 2026年 count nothing; 一天 and 一年 are seldom a term.
_AMOUNT = re.compile(
    rf"(?<![第\d.])\d{{1,3}}(?:,?\d{{3}})*个?(?:{_UNIT})(?!\d)"
    rf"|[一二两三四五六七八九]?[十百千万][一二三四五六七八九十百千万]*个?(?:{_UNIT})"
    rf"|[二两三四五六七八九]个?(?:工作日|自然日|小时|月|年|元|万元)"
)
_YEAR = re.compile(r"(?:19|20)\d\d年")


def check_amounts(procedure: Procedure, faults: FaultCollector) -> None:
    """Record every sentence with an amount that no law is cited for."""
    for part, prose in citing_parts(procedure):
        if isinstance(part, Block) and part.kind == "禁说":
            # It quotes what would be wrong.
            continue
        statements = statements_of(prose)
        for number, statement in enumerate(statements):
            amount = _amount(statement)
            if amount and not _rests_on_law(statements[number:]):
                faults.error(
                    prose.line,
                    "amount-without-law",
                    f"“{amount}”没有法律依据。",
                    "有法条的在这句末尾注明；公司或合同的数字不写，改成以公司公示为准、以合同为准。",
                )


def _amount(statement: Statement) -> str:
    found = _AMOUNT.search(_YEAR.sub("", statement.text))
    return found[0] if found else ""


def _rests_on_law(statements: list[Statement]) -> bool:
    """Return whether the first of `statements` cites law, or is backed by the next that cites."""
    for statement in statements:
        if statement.authority is not Authority.NONE:
            return statement.authority is Authority.LAW
    return False
