"""Tables of a document that list materials or time limits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.importing.document import SourceTable
from kb.importing.draft import Draft, has_markup

MATERIALS = re.compile("材料|资料|证件|单证")
DEADLINES = re.compile("时效|时限|期限")
_SERIAL = re.compile("序号|编号|No\\.?", re.IGNORECASE)


def add_table(table: SourceTable, draft: Draft) -> Iterator[tuple[int, str]]:
    """Add the rows of a table to the draft; yield number and reason of each without a place.

    Rows count from 1, the head included, which only says what the columns mean.
    """
    head, *rows = table.rows
    for pattern in (MATERIALS, DEADLINES):
        column = next((at for at, name in enumerate(head) if pattern.search(name)), None)
        if column is not None and rows:
            break
    else:
        for number in range(1, len(table.rows) + 1):
            yield number, "表头里没有材料或时限，看不出是什么表"
        return
    for number, row in enumerate(rows, 2):
        others = {
            name: cell
            for at, (name, cell) in enumerate(zip(head, row, strict=False))
            if at != column and cell and not _SERIAL.fullmatch(name)
        }
        said = row[column] if column < len(row) else ""
        if len(row) > len(head) or has_markup("".join(row)):
            yield number, "格数与表头不同，或含有规程里另有用处的符号"
        elif pattern is MATERIALS and not draft.add_material(said, _joined(others)):
            yield number, "没有材料名称，或与前面重复"
        elif pattern is DEADLINES and not draft.add_deadline("，".join(others.values()), said):
            yield number, "没有事项或时限，或与前面重复"


def _joined(cells: dict[str, str]) -> str:
    return "；".join(f"{name}：{cell}" if name else cell for name, cell in cells.items())
