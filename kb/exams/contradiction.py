"""Contradictions between an item and its pinned parts that can be told mechanically.

What is told is read by a person, who judges: few false alarms matter more than completeness.
Times are compared only in units that a pinned part names, and only in what counts as right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.content import Blanks, Block, Choices, Deadline, ExamItem, Part, Procedure, Rubric, prose_of
from kb.content.exam_item import BLANK, Verdict
from kb.overlap import overlap
from kb.search.numbers import AMOUNT, with_amounts
from kb.search.text import normalise

_SAME_WORDS = 0.85
"""Share of the character pairs of a wording from which on it counts as said."""
_LEAST_CHARS = 6
"""Shorter wordings stand in many a sentence."""
_UNITS = ("工作日", "小时", "天", "个月", "年", "周")
_AMOUNT = re.compile(AMOUNT)
_UNIT = re.compile(r"[0-9]+")
_QUOTED = re.compile(r"“([^“”]+)”")
_DATE = re.compile(r"[0-9一二三四五六七八九十]+月[0-9一二三四五六七八九十]+[日号]")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A reason to look at an item again."""

    address: str
    """Of the part that says otherwise."""
    message: str
    """In Chinese; quotes the part, not the item."""


def contradictions(
    item: ExamItem, parts: Sequence[Part], procedures: Iterable[Procedure]
) -> list[Contradiction]:
    """Return what in `item` speaks against `parts`, those that stand where it is pinned.

    `procedures` are those of the parts: an explanation may name their other time limits.
    """
    return [
        *_wrong_amounts(item, parts, procedures),
        *_forbidden_words(item, parts),
        *_rejected_duties(item, parts),
    ]


def _wrong_amounts(
    item: ExamItem, parts: Sequence[Part], procedures: Iterable[Procedure]
) -> Iterator[Contradiction]:
    """Yield each part whose times the right answer or the explanation states otherwise."""
    is_verdict = isinstance(item.solution, Verdict)
    # The situation has days of its own, and the explanation names the mistakes.
    situation = _amounts("" if is_verdict else item.stem, item.context)
    mistakes = _amounts(*_wrong_texts(item))
    elsewhere = _amounts(*(_words(part) for version in procedures for part in version.parts()))
    known = _amounts(*map(_words, parts))
    right = _amounts(*_right_texts(item)) - situation - known
    explained = _amounts(item.explanation.plain) - _amounts(item.stem) - situation
    explained -= mistakes | elsewhere | known
    # What fills a blank beside a sentence may have been counted with its help.
    said = right - elsewhere if not isinstance(item.solution, Blanks) else frozenset()
    for part in parts:
        limits = _amounts(_limit_words(part))
        units = {_unit(amount) for amount in limits}
        answered = right if isinstance(part, Deadline) else said
        for place, amounts in (("答案", answered), ("解析", explained)):
            wrong = sorted(amount for amount in amounts if _unit(amount) in units)
            if wrong:
                message = (
                    f"{place}里有{'、'.join(wrong)}，这一条写的是{'、'.join(sorted(limits))}。"
                )
                yield Contradiction(part.address, message)


def _right_texts(item: ExamItem) -> Iterator[str]:
    """Yield what the item says is right."""
    match item.solution:
        case Choices(letters):
            yield from (option.text for option in item.options if option.letter in letters)
        case Verdict(is_true):
            yield item.stem if is_true else ""
        case Blanks(accepted):
            yield from _filled(item.stem, accepted)
        case Rubric(points):
            yield from (point.text for point in points)


def _filled(stem: str, accepted: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the stem's words behind each blank with each text that fills it."""
    behind = stem.split(BLANK)[1:]
    for texts, words in zip(accepted, behind, strict=False):
        yield from (f"{text}{words.lstrip()}" for text in texts)


def _forbidden_words(item: ExamItem, parts: Sequence[Part]) -> Iterator[Contradiction]:
    """Yield each 禁说 whose wording the item takes for right."""
    if not isinstance(item.solution, Choices | Verdict):
        return
    right = list(_right_texts(item))
    for block in _blocks(parts, "禁说"):
        for wording in _QUOTED.findall(block.text.plain):
            if _is_said(wording, right):
                message = f"答案当作对的，是禁说的话：“{wording}”。"
                yield Contradiction(block.address, message)


def _rejected_duties(item: ExamItem, parts: Sequence[Part]) -> Iterator[Contradiction]:
    """Yield each 必说 that the item takes for wrong."""
    wrong = list(_wrong_texts(item))
    for block in _blocks(parts, "必说"):
        wording = block.text.plain
        said = [text for text in wrong if _amounts(wording) <= _amounts(text)]
        if _is_said(wording, said):
            yield Contradiction(block.address, f"必说的话被当作错的：“{wording}”。")


def _wrong_texts(item: ExamItem) -> Iterator[str]:
    match item.solution:
        case Choices(letters):
            yield from (option.text for option in item.options if option.letter not in letters)
        case Verdict(is_true):
            yield "" if is_true else item.stem


def _blocks(parts: Iterable[Part], kind: str) -> Iterator[Block]:
    return (part for part in parts if isinstance(part, Block) and part.kind == kind)


def _is_said(wording: str, texts: Iterable[str]) -> bool:
    return len(wording) >= _LEAST_CHARS and overlap(wording, texts) >= _SAME_WORDS


def _limit_words(part: Part) -> str:
    """Return the words in which a part states its times: of a deadline its terms."""
    if isinstance(part, Deadline):
        return " ".join(term.wording for term in part.terms)
    return " ".join(prose.plain for prose in prose_of(part))


def _words(part: Part) -> str:
    """Return all words of a part that may name a time."""
    starts = [term.starts_from for term in part.terms] if isinstance(part, Deadline) else []
    return " ".join([getattr(part, "name", ""), _limit_words(part), *starts])


def _amounts(*texts: str) -> frozenset[str]:
    """Return the amounts of time in texts, in one spelling: 三十日, 30自然日 and 30天 are 30天."""
    found: set[str] = set()
    for text in texts:
        limits = _DATE.sub("", normalise(text).replace("自然日", "日").replace(" ", ""))
        found.update(_AMOUNT.findall(with_amounts(limits)))
    # 那一天 is no time limit.
    return frozenset(amount for amount in found if _unit(amount) in _UNITS and amount != "1天")


def _unit(amount: str) -> str:
    return _UNIT.sub("", amount)
