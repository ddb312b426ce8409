"""Compares what the heading of a section states with what was read below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kb.paper_reading.paper import ReadItem, ReadProblem, ReadSection


def reconcile(
    section: ReadSection, items: Sequence[ReadItem], last_before: int
) -> Iterator[ReadProblem]:
    """Yield what does not agree; `last_before` is the last number of the section before."""
    for text in (
        *_count_faults(section, [item.number for item in items], last_before),
        *_points_faults(section),
        *_answer_faults(items),
    ):
        yield ReadProblem(section.line, f"{section.name}：{text}" if section.name else text)


def numbers_in_words(numbers: Iterable[int]) -> str:
    """Return numbers in short: 第3、5–8题."""
    runs = []
    for _, group in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        runs.append(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}")
    return f"第{'、'.join(runs)}题"


def _count_faults(section: ReadSection, numbers: Sequence[int], last_before: int) -> Iterator[str]:
    stated = section.stated_count
    # Some papers count on from section to section.
    first = last_before + 1 if numbers and min(numbers) > last_before else 1
    last = first + stated - 1 if stated else max(numbers, default=0)
    missing = set(range(first, last + 1)) - set(numbers)
    lacking = f"：缺{numbers_in_words(missing)}" if missing else ""
    if stated is not None and stated != len(numbers):
        yield f"标明{stated}题，读到{len(numbers)}题{lacking}。"
    elif missing:
        yield f"编号不连续{lacking}。"
    repeated = [number for number, count in Counter(numbers).items() if count > 1]
    if repeated:
        yield f"{numbers_in_words(repeated)}的编号不止一次出现。"


def _points_faults(section: ReadSection) -> Iterator[str]:
    count, each, total = section.stated_count, section.points_each, section.stated_points
    # 填空 counts blanks, not items.
    if section.type == "填空" or count is None or each is None or total is None:
        return
    if count * each != total:
        yield f"每题{each:g}分、共{count}题，合计应为{count * each:g}分，标明{total:g}分。"


def _answer_faults(items: Sequence[ReadItem]) -> Iterator[str]:
    unanswered = [item.number for item in items if item.answer is None]
    if unanswered:
        yield f"{numbers_in_words(unanswered)}没有答案。"
