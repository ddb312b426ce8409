"""The shallow check: one file, fast enough to run while its author types."""

from __future__ import annotations

from datetime import date

from kb.content.check.authority_check import check_amounts
from kb.content.check.references import Anchors, check_references
from kb.content.fault import Fault, FaultCollector
from kb.content.pack import ReferenceData
from kb.content.procedure import Procedure
from kb.content.reading import ParsedFile
from kb.content.template import BLANK
from kb.privacy import find_identifiers


def check_file(
    file: ParsedFile, data: bytes, reference: ReferenceData, anchors: Anchors, today: date
) -> list[Fault]:
    """Return all faults of one file, reading faults included.

    `anchors` holds the addresses of every procedure that links may lead to; `today` decides
    whether the review date has passed.
    """
    faults = FaultCollector(file.path)
    check_personal_data(data, faults)
    check_blanks(data, faults)
    if file.draft is not None:
        check_references(file.draft, reference, anchors, faults)
        check_amounts(file.draft, faults)
        if file.procedure is not None:
            _warn_of_dates(file.procedure, reference, today, faults)
    return sorted({*file.faults, *faults.faults})


def check_personal_data(data: bytes, faults: FaultCollector) -> None:
    """Record every line on which something looks like a real person's identifier."""
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        for identifier in find_identifiers(line):
            faults.error(
                number,
                "personal-data",
                f"这里像是真实的{identifier.kind}。",
                "删去，或改成“以公司公示为准”；示例里不写完整号码。",
                column=identifier.start + 1,
            )


def check_blanks(data: bytes, faults: FaultCollector) -> None:
    """Record every blank of a template that was left over."""
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        if (column := line.find(BLANK)) >= 0:
            faults.error(
                number, "blank-left", "模板里的空白还没有填。", "换成实际内容。", column=column + 1
            )


def _warn_of_dates(
    procedure: Procedure, reference: ReferenceData, today: date, faults: FaultCollector
) -> None:
    if procedure.review_by < today:
        faults.warning(
            procedure.line_of("review_by"),
            "review-passed",
            f"复审日 {procedure.review_by} 已过。",
            "复审后改成下一次复审的日期。",
        )
    counted = any(term.amount is not None for item in procedure.deadlines for term in item.terms)
    if counted and not reference.calendar.is_published(today.year):
        faults.warning(
            procedure.deadlines[0].line,
            "calendar-year-missing",
            f"{today.year} 年的放假安排还没有登记，时效末日算不出来。",
            "国务院公布后在 calendar.yaml 登记。",
        )
