"""The names of item types in JSON and in exchange formats."""

from __future__ import annotations

from kb.content.exam_item import ItemType

TYPE_CODES: dict[ItemType, str] = {
    "单选": "single_choice",
    "多选": "multiple_choice",
    "判断": "true_false",
    "填空": "fill_blank",
    "简答": "short_answer",
    "论述": "essay",
    "情景分析": "scenario",
    "行为面试": "behavioral",
}
TYPES_BY_CODE: dict[str, ItemType] = {code: name for name, code in TYPE_CODES.items()}
