"""Of what type an item is, where the heading above it names a topic or nothing."""

from __future__ import annotations

import re

from kb.content.exam_item import BLANK, ItemType

_TAG = re.compile(
    r"^\s*(?:\((?P<round>[^()]{2,8})\)|\[(?P<square>[^\[\]]{2,8})\])\s*[:、.]?\s*"
    r"|^(?P<plain>[^\s:()]{2,6}题)\s*:\s*"
)
_EXPERIENCE = re.compile(
    r"(?:分享|描述|讲述|说说|谈谈|举例|列举|回忆|回顾).{0,12}(?:一次|一个.{0,8}(?:例子|事例)|经历|你如何|你是如何)"
    r"|你(?:曾|曾经|过去|以往).{0,30}(?:如何|怎么|怎样)|STAR"
)
_SITUATION = re.compile(r"应变|[情场][景境]|模拟|案例|突发|处置|实战|演练")
_SEVERAL = re.compile(r"多选|不定项|哪些|哪几|包括|有\s*(?:[(:?]|$)")
_EMPTY_BLANK = re.compile(r"_{2,}")
_ESSAY = re.compile(r"^(?:试|请)?论述")


def tag_of(folded_stem: str) -> tuple[str, int]:
    """Return the words of the brackets with which a stem begins, and where they end."""
    match = _TAG.match(folded_stem)
    if match is None:
        return "", 0
    return (match["round"] or match["square"] or match["plain"]).strip(), match.end()


def choice_type(letters: int, folded_stem: str) -> ItemType:
    """Return the type of an item with options and so many right letters; 0: unknown."""
    if letters:
        return "多选" if letters > 1 else "单选"
    return "多选" if _SEVERAL.search(folded_stem) else "单选"


def open_type(folded_stem: str, topic: str, *, has_context: bool) -> ItemType:
    """Return the type of an item without options and verdict."""
    if BLANK in folded_stem or _EMPTY_BLANK.search(folded_stem):
        return "填空"
    if _EXPERIENCE.search(folded_stem):
        return "行为面试"
    if has_context or _SITUATION.search(topic):
        return "情景分析"
    return "论述" if _ESSAY.search(folded_stem) else "简答"
