"""Whether what was read is a paper at all: standards and notices are numbered too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.paper_reading.line import fold
from kb.paper_reading.paper import ReadItem, ReadSection

_ASKS = re.compile(r"[?]|\(\s*\)|__|[:]$|是$|有$|哪[些个项种]|下列|以下")
_QUESTION = re.compile(r"[?]\s*$")
_LEAST_QUESTIONS = 3
_QUESTIONS_SHARE = 0.6
_TOLD_SHARE = 0.3


def is_paper(sections: Sequence[ReadSection], items: Sequence[ReadItem]) -> bool:
    """Return whether headings, options or answers tell a paper, or nearly all is questions."""
    headed = {section.name for section in sections if section.type or section.stated_count}
    if any(item.section in headed for item in items):
        return True
    told = [item for item in items if _tells(item)]
    if told and len(told) >= _TOLD_SHARE * len(items):
        return True
    asked = [item for item in items if _QUESTION.search(fold(item.stem))]
    return len(asked) >= max(_LEAST_QUESTIONS, _QUESTIONS_SHARE * len(items))


def _tells(item: ReadItem) -> bool:
    """Return whether an item is one by itself: it is answered, or asks to choose."""
    return item.answer is not None or bool(item.options and _ASKS.search(fold(item.stem)))
