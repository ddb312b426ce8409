"""Writes items for other programs, and makes sure that nothing of them is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kb.content.exam_item import ExamItem
from kb.errors import ExportImpossible
from kb.exams.formats.exam_format import ExamFormat, ReadableFormat
from kb.exams.item_json import item_as_json
from kb.exams.unwritable import unwritable_in


def export_items(format_: ExamFormat, title: str, items: Sequence[ExamItem]) -> bytes:
    """Return a file of the format with the items.

    Where the format can be read, it was: what comes back is what was written. Raises
    ExportImpossible, which names the item that is to blame.
    """
    if not items:
        raise ExportImpossible("没有可以导出的题目。")
    title = " ".join(title.split())
    _refuse_unwritable("标题", title)
    for item in items:
        _refuse_unwritable(f"题目“{item.id}”", item_as_json(item))
    data = format_.write(title, items)
    if isinstance(format_, ReadableFormat):
        _compare(items, format_.read(data).items)
    return data


def _refuse_unwritable(what: str, value: Any) -> None:
    char = unwritable_in(value)
    if char is not None:
        raise ExportImpossible(f"{what}里有控制字符 U+{ord(char):04X}，请删去后再导出。")


def _compare(items: Sequence[ExamItem], read: Sequence[ExamItem]) -> None:
    """Raise ExportImpossible for the first item that did not come back as it was."""
    returned = {item.id: item_as_json(item) for item in read}
    for item in items:
        if returned.get(item.id) != item_as_json(item):
            raise ExportImpossible(
                f"题目“{item.id}”写出后读回来不一样，没有导出。"
                "请看题干、选项里有没有像这种格式的记号那样的文字。"
            )
