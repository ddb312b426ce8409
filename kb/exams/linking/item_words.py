"""The words of an item by what they tell of the answer, and how much each of them counts.

Two readers want different words. Search knows what customers say: the stem counts. The parts of a
procedure know what is right: the answer counts. A wrong option says what the neighbour would be
right to say, or what 禁说 forbids: it counts a little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kb.content import Blanks, Choices, ExamItem, Rubric
from kb.content.exam_item import BLANK, Option

Origin = Literal["题干", "答案", "选项", "错误选项"]
_BLANK = re.compile(rf" *{BLANK} *")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")


@dataclass(frozen=True, slots=True)
class OriginWeights:
    """What the words of an origin count."""

    in_search: float
    in_parts: float


WEIGHTS: Mapping[Origin, OriginWeights] = {
    "题干": OriginWeights(1.0, 0.7),
    "答案": OriginWeights(0.5, 1.0),
    "选项": OriginWeights(0.35, 0.6),
    "错误选项": OriginWeights(0.2, 0.3),
}
"""Set on one half of the bank. 选项 are those of an item that does not tell which is right."""


@dataclass(frozen=True, slots=True)
class ItemText:
    """A sentence of an item and where it stands."""

    origin: Origin
    text: str


def item_texts(item: ExamItem) -> tuple[ItemText, ...]:
    """Return the sentences of an item; what it does not give is left out.

    The words of an explanation count as those of an answer, topics as those of the stem.
    """
    return tuple(
        ItemText(origin, sentence.strip())
        for origin, text in _texts(item)
        for sentence in _SENTENCE.findall(text)
        if sentence.strip()
    )


def _texts(item: ExamItem) -> Iterator[tuple[Origin, str]]:
    yield "题干", _filled_stem(item)
    yield "题干", item.context
    yield from (("题干", topic) for topic in item.topics)
    yield "答案", item.explanation.plain
    match item.solution:
        case Choices(letters):
            yield from _option_texts(item.options, letters)
        case Rubric(points):
            yield from (("答案", point.text) for point in points)


def _option_texts(
    options: Iterable[Option], letters: tuple[str, ...]
) -> Iterator[tuple[Origin, str]]:
    for option in options:
        if not letters:
            yield "选项", option.text
        else:
            yield "答案" if option.letter in letters else "错误选项", option.text


def _filled_stem(item: ExamItem) -> str:
    """Return the stem with the first accepted text in each blank."""
    accepted = item.solution.accepted if isinstance(item.solution, Blanks) else ()
    first = iter([texts[0] for texts in accepted if texts])
    return _BLANK.sub(lambda _: next(first, " "), item.stem)
