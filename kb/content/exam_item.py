"""Exam items and the files that hold them: frozen values that keep the lines they came from.

What an item looks like on paper is in `content/README.md`; how it is read in
`kb.content.reading.exam_file`. What is made of items (papers, practice, coverage) is in `kb.exams`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kb.content.fault import FaultCollector
from kb.content.prose import Prose, parse_prose

ItemType = Literal["单选", "多选", "判断", "填空", "简答", "论述", "情景分析", "行为面试"]
ITEM_TYPES: tuple[ItemType, ...] = (
    "单选",
    "多选",
    "判断",
    "填空",
    "简答",
    "论述",
    "情景分析",
    "行为面试",
)
CHOICE_TYPES: tuple[ItemType, ...] = ("单选", "多选")
OPEN_TYPES: tuple[ItemType, ...] = ("简答", "论述", "情景分析", "行为面试")
"""Marked against 采分点 by a person."""
Bank = Literal["练习", "考试"]
BANKS: tuple[Bank, ...] = ("练习", "考试")
Difficulty = Literal["易", "中", "难"]
DIFFICULTIES: tuple[Difficulty, ...] = ("易", "中", "难")
StarPart = Literal["情境", "任务", "行动", "结果"]
STAR_PARTS: tuple[StarPart, ...] = ("情境", "任务", "行动", "结果")
BLANK = "____"
"""Stands in a stem for what is to be filled in."""
PIN_HASH_CHARS = 16
"""So many hexadecimal digits of a block hash are kept with a pin."""


@dataclass(frozen=True, slots=True)
class Pin:
    """The part of a procedure that decides an answer, as it was when somebody said so."""

    procedure_id: str
    address: str
    """Of the part within its procedure: `verify/必说/1`, `时效/退还现金价值`."""
    block_hash: str
    """The first `PIN_HASH_CHARS` digits, or "" while nobody has confirmed the pin."""
    line: int

    @property
    def target(self) -> str:
        """`procedure#address`."""
        return f"{self.procedure_id}#{self.address}"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The letters of the right options, in order."""

    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the statement is right."""

    is_true: bool


@dataclass(frozen=True, slots=True)
class Blanks:
    """What counts as right in each blank of the stem, in order."""

    accepted: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ScoringPoint:
    """采分点: what an open answer must say."""

    text: str
    points: int
    part: StarPart | None
    """The field of a 行为面试 answer; None for other types."""
    pin: Pin | None
    line: int


@dataclass(frozen=True, slots=True)
class Rubric:
    """What an open answer is marked against."""

    scoring_points: tuple[ScoringPoint, ...]


Solution = Choices | Verdict | Blanks | Rubric


@dataclass(frozen=True, slots=True)
class ExamItem:
    """One question of an exam with everything that belongs to it."""

    id: str
    """Unique over all files; never reused."""
    type: ItemType
    stem: str
    """Paragraphs separated by an empty line."""
    context: str
    """The situation of a 情景分析 or 行为面试 item, else ""."""
    options: tuple[Option, ...]
    solution: Solution
    explanation: Prose
    points: int
    difficulty: Difficulty
    topics: tuple[str, ...]
    source: str
    """The paper that it came from, with the line, or ""."""
    pins: tuple[Pin, ...]
    """Without those of scoring points; see `all_pins`."""
    line: int

    @property
    def all_pins(self) -> tuple[Pin, ...]:
        """The pins of the item, then those of its scoring points."""
        points = self.solution.scoring_points if isinstance(self.solution, Rubric) else ()
        return (*self.pins, *(point.pin for point in points if point.pin is not None))


@dataclass(frozen=True, slots=True)
class ExamFile:
    """The items of one file."""

    id: str
    title: str
    bank: Bank
    owner: str
    items: tuple[ExamItem, ...]
    path: str
    """Relative to the content folder."""
    revision: str
    """sha256 of the file's bytes, in hexadecimal."""


def item_proses(item: ExamItem, faults: FaultCollector) -> Iterator[Prose]:
    """Yield the texts of an item that may cite and link: the explanation, the 采分点."""
    yield item.explanation
    if isinstance(item.solution, Rubric):
        for point in item.solution.scoring_points:
            yield parse_prose(point.text, point.line, faults)


EXAMS_FOLDER = "exams"


def exam_path(file_id: str) -> str:
    """Return where the items of a file stand, relative to the content folder."""
    return f"{EXAMS_FOLDER}/{file_id}.md"


def is_exam_path(path: str) -> bool:
    """Return whether the path is that of exam items."""
    return path.startswith(f"{EXAMS_FOLDER}/")
