"""What somebody answers to an item: a text for each of its fields, checked and masked."""

from __future__ import annotations

from collections.abc import Sequence

from kb.content import OPEN_TYPES, STAR_PARTS, ExamItem
from kb.content.exam_item import BLANK
from kb.errors import QueryInvalid
from kb.privacy import mask_lines

MAX_ANSWER_CHARS = 5000
MAX_BLANK_CHARS = 200
VERDICTS = ("对", "错")

GivenAnswer = tuple[str, ...]
"""Of 单选 and 多选 the letters in order; of 判断 `对` or `错`; of 填空 a text a blank; of 行为面试
a text for each of `STAR_PARTS`; of other types one text."""


def answer_fields(item: ExamItem) -> int:
    """Return how many texts an answer has; of choices, how many there may be."""
    match item.type:
        case "多选":
            return len(item.options)
        case "填空":
            return item.stem.count(BLANK)
        case "行为面试":
            return len(STAR_PARTS)
        case _:
            return 1


def read_answer(item: ExamItem, given: Sequence[str]) -> GivenAnswer:
    """Return what was answered. Raises QueryInvalid for what answers nothing, or cannot be one."""
    texts = tuple(text.strip() for text in given)
    if not any(texts):
        raise QueryInvalid("请先作答。")
    if item.type in ("单选", "多选"):
        return _read_letters(item, texts)
    if len(texts) != answer_fields(item):
        raise QueryInvalid(f"这一题要答{answer_fields(item)}处，收到{len(texts)}处。")
    if item.type == "判断" and texts[0] not in VERDICTS:
        raise QueryInvalid("判断题只能答“对”或“错”。")
    most = MAX_ANSWER_CHARS if item.type in OPEN_TYPES else MAX_BLANK_CHARS
    if max(map(len, texts)) > most:
        raise QueryInvalid(f"每处最多{most}字。")
    return texts


def masked_answer(answer: GivenAnswer) -> GivenAnswer:
    """Return an answer as it is kept: an example from a call may name a person."""
    return tuple(mask_lines(text).text for text in answer)


def _read_letters(item: ExamItem, letters: Sequence[str]) -> GivenAnswer:
    known = {option.letter for option in item.options}
    chosen = set(letters)
    if not chosen <= known:
        raise QueryInvalid(f"只能选：{'、'.join(sorted(known))}。")
    if item.type == "单选" and len(chosen) > 1:
        raise QueryInvalid("单选题只能选一项。")
    return tuple(sorted(chosen))
