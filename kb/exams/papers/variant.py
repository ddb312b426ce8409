"""Variants of a paper: the same items, in an order of their own, their options shuffled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kb.content.exam_item import Choices, ExamItem, Option
from kb.content.fault import FaultCollector
from kb.content.prose import Prose, parse_prose
from kb.exams.papers.drawing import by_lot
from kb.exams.papers.exam_paper import ExamPaper, PaperItem, PaperSection

_LETTER = r"(?<![A-Za-z0-9])[A-Z](?![A-Za-z0-9])"
_NAMES_OTHERS = re.compile(rf"以上|上述|前述|[均都]不?(?:对|错|正确)[。”]*$|{_LETTER}")
"""In an option: words that speak of other options by their place or letter."""
_NO_OPTION = re.compile(rf"{_LETTER}(?=[款类级型超股座轮卡证照栋区])")
"""In an explanation: a letter that may be something else (A款产品, B超)."""
_LINK_OR_LETTER = re.compile(rf"\]\([^)]*\)|{_LETTER}")


def make_variant(paper: ExamPaper, variant: str) -> ExamPaper:
    """Return the paper with items and options in the order of another variant."""
    number, sections = 0, []
    for section in paper.sections:
        purpose = f"order/{variant}"
        ordered = by_lot(section.items, lambda placed: placed.item.id, paper.seed, purpose)
        items = []
        for placed in ordered:
            number += 1
            item = _with_options_shuffled(placed.item, variant, paper.seed)
            items.append(PaperItem(number, placed.points, item))
        sections.append(PaperSection(section.type, tuple(items)))
    return replace(paper, variant=variant, sections=tuple(sections))


def _with_options_shuffled(item: ExamItem, variant: str, seed: int) -> ExamItem:
    """Return the item with its options in another order, and all letters moved along.

    They stay where they are when an option names another, or when a letter of the explanation may
    be none of an option.
    """
    if not isinstance(item.solution, Choices) or not _may_be_shuffled(item):
        return item
    letters = [option.letter for option in item.options]
    purpose = f"options/{variant}/{item.id}"
    shuffled = by_lot(item.options, lambda option: option.text, seed, purpose)
    moved = {old.letter: letter for letter, old in zip(letters, shuffled, strict=True)}
    return replace(
        item,
        options=tuple(Option(moved[old.letter], old.text) for old in shuffled),
        solution=Choices(tuple(sorted(moved[letter] for letter in item.solution.letters))),
        explanation=_with_letters_moved(item.explanation, moved),
    )


def _may_be_shuffled(item: ExamItem) -> bool:
    names_others = any(_NAMES_OTHERS.search(option.text) for option in item.options)
    return not names_others and not _NO_OPTION.search(item.explanation.plain)


def _with_letters_moved(explanation: Prose, moved: Mapping[str, str]) -> Prose:
    """Return the explanation with the letters of options changed, addresses of links left alone."""
    raw = _LINK_OR_LETTER.sub(lambda match: moved.get(match[0], match[0]), explanation.raw)
    return parse_prose(raw, explanation.line, FaultCollector(""))
