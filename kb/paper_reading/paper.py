"""What was read of a paper: frozen values that keep the lines they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from kb.content.exam_item import Difficulty, ItemType, Option, StarPart

TYPE_NAMES: Mapping[ItemType, str] = {
    "单选": "single_choice",
    "多选": "multiple_choice",
    "判断": "true_false",
    "填空": "fill_blank",
    "简答": "short_answer",
    "论述": "essay",
    "情景分析": "scenario",
    "行为面试": "behavioral",
}
"""What other programs call the types."""
HintKind = Literal["行业特性", "地域"]
Answer = tuple[str, ...] | bool | str | None
"""Letters of a choice, the verdict of a 判断, the text of any other; None: the paper has none."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark on where a question belongs."""

    kind: HintKind
    text: str


@dataclass(frozen=True, slots=True)
class ReadPoint:
    """采分点 of an answer, or one part of a STAR answer."""

    text: str
    points: float | None
    part: StarPart | None


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item as far as the paper tells it."""

    type: ItemType
    section: str
    """The name of its section, or ""."""
    number: int
    """In its section, as the paper counts."""
    context: str
    stem: str
    options: tuple[Option, ...]
    answer: Answer
    explanation: str
    points: float | None
    """Its own, else what the heading states for each."""
    scoring_points: tuple[ReadPoint, ...]
    hints: tuple[Hint, ...]
    difficulty: Difficulty | None
    topics: tuple[str, ...]
    line: int
    """On which it begins."""
    lines: tuple[int, ...]
    """All that speak of it, those of the answer key too."""
    missing: tuple[str, ...]
    """What was not read, or not whole, in Chinese."""

    @property
    def complete(self) -> bool:
        """Whether stem, options and answer were read uncut."""
        return not self.missing

    def as_json(self) -> dict[str, Any]:
        """Return the item as `kb exam import --json` prints it."""
        return {
            "type": TYPE_NAMES[self.type],
            "section": self.section,
            "number": self.number,
            "context": self.context,
            "stem": self.stem,
            "options": [asdict(option) for option in self.options],
            "answer": list(self.answer) if isinstance(self.answer, tuple) else self.answer,
            "explanation": self.explanation,
            "points": _plain_number(self.points),
            "line": self.line,
            "complete": self.complete,
        }


def _plain_number(number: float | None) -> float | None:
    """Return 2 rather than 2.0."""
    return int(number) if number is not None and number == int(number) else number


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A part of a paper below one heading."""

    name: str
    """Without number and remarks: 单选题, 专业知识题."""
    type: ItemType | None
    """None when the heading names a topic, or does not tell 单选 from 多选."""
    stated_count: int | None
    points_each: float | None
    stated_points: float | None
    """Of all its items together."""
    line: int
    lines: tuple[int, ...]
    """Of the heading, of the remarks below it, and of its heading in the answer key."""


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """Something that a person should look at."""

    line: int
    text: str

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {"line": self.line, "message": self.text}


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper, or what looked like one.

    Every line that has words is furniture, preamble, or stands in a section, an item or a problem.
    """

    title: str
    sections: tuple[ReadSection, ...]
    items: tuple[ReadItem, ...]
    problems: tuple[ReadProblem, ...]
    is_paper: bool
    source: tuple[str, ...]
    """Line n of the file is `source[n - 1]`; a paragraph or a row of a table counts as a line."""
    preamble: tuple[int, ...]
    """Lines of the title and of general remarks."""
    furniture: tuple[int, ...]
    """Lines that pages and download sites add."""

    def as_json(self) -> dict[str, Any]:
        """Return what `kb exam import --json` prints."""
        return {
            "items": [item.as_json() for item in self.items],
            "problems": [problem.as_json() for problem in self.problems],
        }
