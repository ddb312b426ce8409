"""The items of a file in which nothing but items stands: a table, GIFT, Moodle XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from kb.errors import DocumentRefused
from kb.paper_reading.paper import ReadPaper, ReadProblem
from kb.paper_reading.raw_item import RawItem
from kb.paper_reading.reconciliation import numbers_in_words
from kb.paper_reading.understanding import understand

MAX_ITEMS = 2000
_NOT_A_PAPER = "不是试卷：没有找到题型标题、选项或答案，也不是一串问题。"


@dataclass(slots=True)
class ItemList:
    """Items on their way into a paper."""

    source: Sequence[str]
    items: list[RawItem] = field(default_factory=list)
    problems: list[ReadProblem] = field(default_factory=list)
    preamble: set[int] = field(default_factory=set)

    def as_paper(self) -> ReadPaper:
        """Return the paper that the items make. Raises DocumentRefused for too many."""
        refuse_too_many(len(self.items))
        if not self.items:
            return no_paper(self.source, set())
        understood = [understand(raw) for raw in self.items]
        items = tuple(one.item for one in understood)
        problems = [*self.problems, *chain.from_iterable(one.problems for one in understood)]
        if unanswered := [item.number for item in items if item.answer is None]:
            problems.append(ReadProblem(items[0].line, f"{numbers_in_words(unanswered)}没有答案。"))
        return ReadPaper(
            title="",
            sections=(),
            items=items,
            problems=tuple(sorted(problems, key=lambda problem: problem.line)),
            is_paper=True,
            source=tuple(self.source),
            preamble=tuple(sorted(self.preamble)),
            furniture=(),
        )


def refuse_too_many(count: int) -> None:
    """Raise DocumentRefused for more items than somebody could review."""
    if count > MAX_ITEMS:
        raise DocumentRefused(f"读到 {count} 题，一次最多导入 {MAX_ITEMS} 题。请拆成几份再导入。")


def no_paper(source: Sequence[str], furniture: set[int]) -> ReadPaper:
    """Return what is said of a file that holds no paper."""
    others = (number for number, text in enumerate(source, 1) if text.strip())
    return ReadPaper(
        title="",
        sections=(),
        items=(),
        problems=(ReadProblem(1, _NOT_A_PAPER),),
        is_paper=False,
        source=tuple(source),
        preamble=tuple(number for number in others if number not in furniture),
        furniture=tuple(sorted(furniture)),
    )
