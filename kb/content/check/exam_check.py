"""Checks exam files beside the procedures that their items are pinned to.

That a pinned part says something else by now is no fault: the item is 待复核, which `kb.exams`
derives. Nor may items keep a procedure from losing a part: what led there is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.content.check.citations import check_citation
from kb.content.check.file_check import check_blanks, check_personal_data
from kb.content.check.references import Anchors, check_link
from kb.content.exam_item import ExamItem, Pin, item_proses
from kb.content.fault import Fault, FaultCollector, did_you_mean
from kb.content.pack import ReferenceData
from kb.content.prose import Link
from kb.content.reading import ParsedExamFile


def check_exam_file(
    file: ParsedExamFile, data: bytes, reference: ReferenceData, anchors: Anchors
) -> list[Fault]:
    """Return all faults of one file, reading faults included; `anchors` as in `check_file`."""
    faults = FaultCollector(file.path)
    check_personal_data(data, faults)
    check_blanks(data, faults)
    for item in file.draft.items if file.draft else ():
        _check_item(item, reference, anchors, faults)
    return sorted({*file.faults, *faults.faults})


def check_item_ids(files: Iterable[ParsedExamFile]) -> Iterator[Fault]:
    """Yield a fault for each item whose id an earlier file has already."""
    first_paths: dict[str, str] = {}
    for draft in filter(None, (file.draft for file in files)):
        faults = FaultCollector(draft.path)
        for item in draft.items:
            first = first_paths.setdefault(item.id, draft.path)
            if first != draft.path:
                message = f"编号“{item.id}”在 {first} 里已经用过。"
                faults.error(item.line, "exam-id-repeated", message, "换一个没有用过的编号。")
        yield from faults.faults


def _check_item(
    item: ExamItem, reference: ReferenceData, anchors: Anchors, faults: FaultCollector
) -> None:
    if not item.explanation.raw:
        message, fix = f"“{item.id}”没有解析。", "写一行“- 解析: ……”，链接到规程里的那一步。"
        faults.warning(item.line, "exam-explanation-missing", message, fix)
    if not item.pins:
        message = f"“{item.id}”没有关联规程，规程改了也不会提醒。"
        faults.warning(item.line, "exam-pin-missing", message, "写一行“- 关联: 规程编号#地址”。")
    for pin in item.all_pins:
        _check_pin(pin, item, anchors, faults)
    for prose in item_proses(item, faults):
        for link in prose.links:
            _check_target(link, prose.line, anchors, faults)
        for citation in prose.citations:
            check_citation(citation, prose.line, reference.register, faults)


def _check_pin(pin: Pin, item: ExamItem, anchors: Anchors, faults: FaultCollector) -> None:
    _check_target(Link("", pin.procedure_id, pin.address), pin.line, anchors, faults)
    if not pin.block_hash:
        faults.error(
            pin.line,
            "exam-pin-unconfirmed",
            f"“{item.id}”关联的“{pin.target}”还没有确认。",
            f"对照规程看过以后，运行 kb exam confirm {item.id}，校验码会写进文件。",
        )


def _check_target(link: Link, line: int, anchors: Anchors, faults: FaultCollector) -> None:
    known = anchors.get(link.procedure_id)
    if known is None or not link.anchor or link.anchor in known:
        check_link(link, line, anchors, faults)
        return
    faults.warning(
        line,
        "exam-part-gone",
        f"规程“{link.procedure_id}”里没有“{link.anchor}”。",
        did_you_mean(link.anchor, known) or "改成那份规程里有的地址。",
    )
