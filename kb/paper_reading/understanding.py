"""Makes an item of its labelled texts: type, stem, options, answer, and what is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.content.exam_item import BLANK, CHOICE_TYPES, OPEN_TYPES, Difficulty, ItemType, Option
from kb.paper_reading.answers import (
    Given,
    given_letters,
    given_verdict,
    letters_inside,
    verdict_inside,
)
from kb.paper_reading.fields import Field
from kb.paper_reading.heading import is_type_name, type_named
from kb.paper_reading.item_type import choice_type, open_type, tag_of
from kb.paper_reading.line import fold
from kb.paper_reading.options import split_options
from kb.paper_reading.paper import Answer, Hint, HintKind, ReadItem, ReadProblem
from kb.paper_reading.raw_item import RawItem
from kb.paper_reading.scoring import missing_parts, scoring_points

_POINTS = r"\s*\(\s*(?:本题)?\s*(\d{1,3}(?:\.\d)?)\s*分\s*\)\s*"
_POINTS_FIRST = re.compile(_POINTS)
_POINTS_LAST = re.compile(_POINTS + r"$")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d)?")
_DIFFICULTIES: tuple[tuple[Difficulty, re.Pattern[str]], ...] = (
    ("易", re.compile(r"较?易|容易|简单|低|1|[★*]")),
    ("中", re.compile(r"中等?|一般|适中|普通|[23]|[★*]{2,3}")),
    ("难", re.compile(r"较?难|困难|高|[45]|[★*]{4,5}")),
)
_TOPICS_APART = re.compile(r"[、,，;；/|\s]+")
_BLANKS = re.compile(r"_{2,}|\(\s*\)")
_BRACKETS_LAST = re.compile(r"\s*\(\s*\)\s*(?=[。.]?$)")
# The last sentence asks; the others tell the situation.
_LAST_SENTENCE = re.compile(r"(?<=[。!?])(?=[^。!?]+[。!?]?$)")
_HINTS: tuple[tuple[Field, HintKind], ...] = ((Field.INDUSTRY, "行业特性"), (Field.REGION, "地域"))
_NO_ANSWER = re.compile(r"[\s_]*|略[。.]?|见.{0,8}|无")
_LEAST_OPTIONS = 2


@dataclass(frozen=True, slots=True)
class Understood:
    """An item, and what is odd about it."""

    item: ReadItem
    problems: tuple[ReadProblem, ...]


@dataclass(slots=True)
class _Draft:
    """What is known of an item so far."""

    stem: str
    context: str
    options: tuple[Option, ...]
    said: str
    """What stands behind 答案 and 采分点."""
    explanation: str
    stated: ItemType | None
    points: float | None
    missing: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def understand(raw: RawItem) -> Understood:
    """Return the item that was meant."""
    draft = _draft_of(raw)
    _take_tag_and_points(draft)
    inside = _answer_inside(draft)
    type_, answer = _settle(draft, inside, raw.section)
    _finish_stem(draft, type_)
    points = scoring_points(draft.said.split("\n")) if type_ in OPEN_TYPES else ()
    _note_missing(draft, type_, answer, raw.cut_off)
    draft.missing += (f"答案缺{part}" for part in missing_parts(points))
    item = ReadItem(
        type=type_,
        section=raw.section,
        number=raw.number,
        context=draft.context,
        stem=draft.stem,
        options=draft.options,
        answer=answer,
        explanation=draft.explanation,
        points=draft.points,
        scoring_points=points,
        hints=tuple(Hint(kind, raw.text(key)) for key, kind in _HINTS if raw.texts[key]),
        difficulty=_difficulty(raw.text(Field.DIFFICULTY)),
        topics=tuple(filter(None, _TOPICS_APART.split(raw.text(Field.TOPICS)))),
        line=raw.line,
        lines=tuple(sorted(raw.lines)),
        missing=tuple(draft.missing),
    )
    return Understood(item, tuple(ReadProblem(raw.line, text) for text in draft.remarks))


def _draft_of(raw: RawItem) -> _Draft:
    stem, context = raw.text(Field.STEM), raw.text(Field.CONTEXT)
    tells_first = not stem and bool(context)
    if tells_first:
        stem, context = context, ""
    found = split_options(stem) if not raw.options else None
    if found:
        stem = found.stem
    if tells_first and (last := _LAST_SENTENCE.search(fold(stem))):
        context, stem = stem[: last.start()].strip(), stem[last.start() :].strip()
    said = "\n".join((*raw.texts[Field.ANSWER], *raw.texts[Field.SCORING]))
    if _NO_ANSWER.fullmatch(fold(said)):
        said = ""
    options = found.options if found else raw.options
    points = _NUMBER.search(raw.text(Field.POINTS))
    draft = _Draft(
        stem=stem,
        context=context,
        options=options,
        said=said,
        explanation=raw.text(Field.EXPLANATION),
        stated=raw.type,
        points=float(points[0]) if points else raw.points,
    )
    for label in (Field.DIFFICULTY, Field.POINTS):
        words = raw.text(label)
        known = points if label is Field.POINTS else _difficulty(words)
        if words and not known:
            draft.remarks.append(f"看不懂{label}“{words[:20]}”。")
    if found and not found.is_whole:
        draft.missing.append("选项不连续")
    return draft


def _take_tag_and_points(draft: _Draft) -> None:
    """Take （多选） and （2分） away from the stem, in whatever order they stand."""
    for _ in range(2):
        folded = fold(draft.stem)
        tag, end = tag_of(folded)
        if is_type_name(tag):
            draft.stated = type_named(tag) or draft.stated
            draft.stem = draft.stem[end:]
        elif len(_POINTS_FIRST.findall(folded)) > 1:
            return  # They belong to the parts of the question.
        elif match := _POINTS_FIRST.match(folded) or _POINTS_LAST.search(folded):
            draft.points = float(match[1])
            draft.stem = draft.stem[: match.start()] + draft.stem[match.end() :]


def _answer_inside(draft: _Draft) -> Given | None:
    """Return the answer that stands in the stem, and take it away."""
    given = None
    if draft.options or draft.stated in CHOICE_TYPES:
        given = letters_inside(draft.stem)
    if given is None and (draft.stated in (None, "判断")):
        given = verdict_inside(draft.stem)
    if given:
        draft.stem = given.text
    return given


def _settle(draft: _Draft, inside: Given | None, topic: str) -> tuple[ItemType, Answer]:
    """Return type and answer; what follows an answer explains it."""
    if _is_statement(draft, inside):
        answer = _agreed(draft, inside, _given_verdict(draft))
        draft.options = ()
        return "判断", answer
    if draft.options or draft.stated in CHOICE_TYPES:
        letters = _agreed(draft, inside, given_letters(draft.said))
        known = letters if isinstance(letters, tuple) else ()
        stated = draft.stated if draft.stated in CHOICE_TYPES else None
        if draft.stated and not stated:
            draft.remarks.append(f"标为{draft.stated}，却有选项，按选择题读。")
        return stated or choice_type(len(known), fold(draft.stem)), letters
    type_ = draft.stated or open_type(
        fold(draft.stem), fold(topic), has_context=bool(draft.context)
    )
    return type_, draft.said or None


def _is_statement(draft: _Draft, inside: Given | None) -> bool:
    """Return whether the item is right or wrong."""
    if draft.options:
        is_meant = draft.stated in (None, "判断")
        return is_meant and len(draft.options) == len(_verdicts_of(draft.options))
    if draft.stated:
        return draft.stated == "判断"
    said = given_verdict(draft.said)
    return bool(inside and isinstance(inside.answer, bool)) or bool(said and not said.text)


def _verdicts_of(options: tuple[Option, ...]) -> list[Answer]:
    """Return what options mean that are nothing but verdicts: 正确 and 错误."""
    given = [given_verdict(option.text) for option in options]
    return [item.answer for item in given if item and not item.text]


def _given_verdict(draft: _Draft) -> Given | None:
    """Return the verdict behind 答案, or what the option means whose letter stands there."""
    letters = given_letters(draft.said) if draft.options else None
    if letters is None:
        return given_verdict(draft.said)
    chosen = [option for option in draft.options if (option.letter,) == letters.answer]
    verdict = given_verdict(chosen[0].text) if chosen else None
    return Given(verdict.answer, letters.text) if verdict else None


def _agreed(draft: _Draft, inside: Given | None, behind: Given | None) -> Answer:
    """Return the answer that stands in the stem or behind 答案; what is left of it explains."""
    if behind is None and inside is None and draft.said:
        draft.remarks.append(f"看不懂答案“{draft.said[:20]}”，已放进解析。")
    if inside and behind and inside.answer != behind.answer:
        draft.remarks.append("题目里的答案和答案部分的不一样，取了题目里的。")
    rest = behind.text if behind else draft.said
    if rest.rstrip("。") in {option.text for option in draft.options}:
        rest = ""
    draft.explanation = "\n".join(filter(None, (rest, draft.explanation)))
    given = inside or behind
    return given.answer if given else None


def _finish_stem(draft: _Draft, type_: ItemType) -> None:
    """Bring what is to be filled in to one form; a statement has no brackets for its verdict."""
    if type_ == "填空":
        draft.stem = _with_blanks(draft.stem)
    elif type_ == "判断" and (brackets := _BRACKETS_LAST.search(fold(draft.stem))):
        draft.stem = draft.stem[: brackets.start()] + draft.stem[brackets.end() :]
    draft.stem = draft.stem.strip()


def _with_blanks(stem: str) -> str:
    pieces, start = [], 0
    for blank in _BLANKS.finditer(fold(stem)):
        pieces.append(stem[start : blank.start()])
        start = blank.end()
    return BLANK.join([*pieces, stem[start:]])


def _note_missing(draft: _Draft, type_: ItemType, answer: Answer, cut_off: Field | None) -> None:
    if not draft.stem:
        draft.missing.append("没有题干")
    if type_ in CHOICE_TYPES and len(draft.options) < _LEAST_OPTIONS:
        draft.missing.append("没有选项")
    if answer is None:
        draft.missing.append("没有答案")
    if isinstance(answer, tuple):
        letters = {option.letter for option in draft.options}
        if draft.options and not letters.issuperset(answer):
            draft.missing.append("选项里没有答案的字母")
        if type_ == "单选" and len(answer) > 1:
            draft.remarks.append(f"标为单选，答案却有 {len(answer)} 个：{''.join(answer)}。")
    if cut_off:
        draft.missing.append(f"{cut_off}被截断")


def _difficulty(text: str) -> Difficulty | None:
    return next((level for level, words in _DIFFICULTIES if words.fullmatch(text)), None)
