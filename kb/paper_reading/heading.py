"""Headings of a paper: what type or topic, how many items, how many points; and of its key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.content.exam_item import ItemType
from kb.paper_reading.line import Line

_DIGITS = "一二三四五六七八九十"
# The first that fits counts.
_TYPES: tuple[tuple[ItemType | None, re.Pattern[str]], ...] = (
    ("单选", re.compile("单项选择|单选")),
    ("多选", re.compile("多项选择|多选|不定项选择|不定项")),
    (None, re.compile("选择")),
    ("判断", re.compile("判断正误|判断对错|判断改错|判断|是非")),
    ("填空", re.compile("填空")),
    ("简答", re.compile("简答|简述|问答|名词解释")),
    ("论述", re.compile("论述")),
    ("情景分析", re.compile("[情场][景境](?:分析|模拟|应对|处理|问答)?|案例(?:分析)?|角色扮演")),
    ("行为面试", re.compile("行为(?:面试|描述|事件)?|STAR(?:面试)?")),
)
_TYPE = "|".join(pattern.pattern for _, pattern in _TYPES)
_ENUMERATION = re.compile(
    rf"(?:第?(?P<chinese>[{_DIGITS}]{{1,3}})\s*(?:[、.:]|(?:大题|部分)[、:]?|(?=\s))"
    rf"|\((?P<bracketed>[{_DIGITS}]{{1,3}})\)、?|第?[IVXⅠⅡⅢⅣⅤⅥⅦⅧ]{{1,4}}(?:[.、]|部分)"
    r"|\d{1,2}[.、](?!\d))\s*"
)
_TYPED = re.compile(rf"\[?(?P<type>{_TYPE})(?P<item>(?:试|面试)?题)?\]?(?:部分)?\s*")
_TOPIC = re.compile(
    r"(?P<topic>[^\s,。;:?!()\[\]\d、]{1,14}(?<![问标主专课话议难命])题)(?:部分)?\s*"
)
# A name that ends otherwise is one only if the number of items follows.
_CHAPTER = re.compile(r"[^\s,。;:?!()\[\]\d、]{2,16}\s*(?=\([^()]{0,40}\d\s*道?小?题)")
_NAME = re.compile(r"[^\s,。;:?!()\[\]]{2,16}")
_REMARKS = re.compile(r"(?:[:]?\s*(?:\([^()]{0,100}\)|\[[^\[\]]{0,100}\])){0,3}\s*[:。]?\s*")
_KEY_WORDS = re.compile(
    r"(?:参考|标准|正确)?答案(?:\s*(?:与|及|和|、|/)?\s*(?:解析|详解|评分(?:标准|要点|细则)?|要点|说明)){0,3}\s*"
)
_KEY_LINE = re.compile(
    rf"(?:附[:件录]?\d?[:]?\s*)?(?:[^,。;?!]{{0,24}}?(?:[卷题套]|考试|练习|测试|部分))?\s?\[?{_KEY_WORDS.pattern}\]?(?:如下)?\s*(?P<colon>:?)"
)
_GOES_ON_WITH = re.compile(r"\(?\d{1,5}\s*[.、)\-~—–]|第\s*\d+\s*题|[A-H√×]{2,200}(?:\s|$)")
_MAY_START_INSIDE = re.compile(rf"(?<![{_DIGITS}])(?=[{_DIGITS}]{{1,3}}、)")
_ENDS_BEFORE = re.compile(r"[\s。?;!)]")
_COUNT = re.compile(r"(?<![第\d])(\d{1,4})\s*(?:小题|道小?题|道|题)")
_EACH = re.compile(r"每[一小]?[题道空]?题?\s*(?:计|得|为)?\s*(\d{1,3}(?:\.\d)?)\s*分")
_TOTAL = re.compile(r"(?:共计?|合计|总计|总分|满分|计|[(,、;:\s])\s*(\d{1,4}(?:\.\d)?)\s*分")
_ITEM_FOLLOWS = re.compile(r"(?<=[\s。;!)])(?=\d{1,5}\s*[.、](?!\d))")
_MAX_STATED_CHARS = 100


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, as far as it tells what follows."""

    line: Line
    name: str
    """Without number and remarks."""
    ordinal: int
    """一 is 1; 0: it has no Chinese number."""
    type: ItemType | None
    stated_count: int | None
    points_each: float | None
    stated_points: float | None
    is_of_key: bool
    end: int
    """Where in its line it ends."""


def headings_in(line: Line) -> Iterator[tuple[int, Heading]]:
    """Yield where headings begin in a line, in order; items may follow them in it."""
    end = 0
    for start in (0, *(match.start() for match in _MAY_START_INSIDE.finditer(line.folded))):
        if start >= end and (heading := heading_at(line, start)):
            end = heading.end
            yield start, heading


def heading_at(line: Line, start: int) -> Heading | None:
    """Return the heading that begins at a place of the line."""
    words = line.folded
    number = _ENUMERATION.match(words, start)
    at = number.end() if number else start
    named = _typed_name(words, at, has_number=number is not None)
    found = named or _TOPIC.match(words, at) or (number and _CHAPTER.match(words, at))
    if not found:
        return None
    key = _KEY_WORDS.match(words, found.end())
    remarks = _REMARKS.match(words, key.end() if key else found.end())
    end = remarks.end() if remarks else found.end()
    states = _states(words[found.end() : end])
    rest = words[end : end + _MAX_STATED_CHARS]
    ends_here = not rest.strip() or _GOES_ON_WITH.match(rest) is not None
    if start > 0:
        is_apart = _ENDS_BEFORE.match(words, start - 1) is not None
        tells = states or key is not None
        is_heading = number is not None and (
            (is_apart and (named is not None or states)) or (named is not None and tells)
        )
    elif ends_here:
        is_heading = bool(named or number) or states
    else:
        # 1.单选题:客户… is an item that names its type.
        is_heading = (named is not None and _ordinal(number) > 0) or states
    if not is_heading:
        return None
    if not ends_here and named and number and _states(rest):
        item = _ITEM_FOLLOWS.search(words, end)
        end = item.start() if item else len(words)
    stated = words[found.end() : end]
    return Heading(
        line=line,
        name=line.text[at : found.end()].strip(" []【】"),
        ordinal=_ordinal(number),
        type=_type_of(named["type"]) if named else None,
        stated_count=int(counted[1]) if (counted := _COUNT.search(stated)) else None,
        points_each=float(each[1]) if (each := _EACH.search(stated)) else None,
        stated_points=_total(stated),
        is_of_key=key is not None,
        end=end,
    )


def _total(stated: str) -> float | None:
    """Return the points of all items; what each counts is no total."""
    total = _TOTAL.search(_EACH.sub(" ", stated))
    return float(total[1]) if total else None


def is_key_heading(line: Line) -> bool:
    """Return whether a line could say that the answers of the whole paper follow."""
    return _KEY_LINE.fullmatch(line.folded) is not None


def is_type_name(words: str) -> bool:
    """Return whether folded words name a type, with or without 题."""
    named = _TYPED.match(words.strip())
    return named is not None and named.end() == len(words.strip())


def type_named(words: str) -> ItemType | None:
    """Return the type that folded words name; None also for 选择, which may be either."""
    named = _TYPED.match(words.strip())
    return _type_of(named["type"]) if named and named.end() == len(words.strip()) else None


def heading_by_number(line: Line) -> Heading | None:
    """Return the heading of a part of a key that has nothing but a Chinese number."""
    number = _ENUMERATION.match(line.folded)
    if number is None or not (number["chinese"] or number["bracketed"]):
        return None
    return Heading(line, "", _ordinal(number), None, None, None, None, True, number.end())


def chapter_of(line: Line, ordinal: int) -> Heading | None:
    """Return the heading with that number that a line is by itself, whatever it is called."""
    number = _ENUMERATION.match(line.folded)
    if number is None or _ordinal(number) != ordinal:
        return None
    name = line.cut(number.end())
    if not _NAME.fullmatch(name.folded):
        return None
    return Heading(line, name.text, ordinal, None, None, None, None, False, len(line.text))


def _typed_name(words: str, at: int, *, has_number: bool) -> re.Match[str] | None:
    """Return the name of a type; without 题 only where hardly anything follows it."""
    named = _TYPED.match(words, at)
    if named is None or named["item"]:
        return named
    # 情景 and 案例 also introduce the situation of an item.
    if _type_of(named["type"]) == "情景分析" and not has_number:
        return None
    remarks = _REMARKS.match(words, named.end())
    ends = remarks is None or remarks.end() == len(words)
    return named if ends or _KEY_WORDS.match(words, named.end()) else None


def _states(words: str) -> bool:
    return any(pattern.search(words) for pattern in (_COUNT, _EACH, _TOTAL))


def _type_of(words: str) -> ItemType | None:
    return next(type_ for type_, pattern in _TYPES if pattern.fullmatch(words))


def _ordinal(number: re.Match[str] | None) -> int:
    return chinese_number((number["chinese"] or number["bracketed"] or "") if number else "")


def chinese_number(digits: str) -> int:
    """Return the number up to 99 that Chinese digits mean, 0 for none."""
    if len(digits) < 2:
        return _DIGITS.find(digits) + 1 if digits else 0
    tens, _, ones = digits.partition("十")
    return (_DIGITS.find(tens) + 1 if tens else 1) * 10 + (_DIGITS.find(ones) + 1 if ones else 0)
