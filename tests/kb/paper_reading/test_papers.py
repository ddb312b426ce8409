"""Papers of many shapes: each stands in `papers/` with what has to be read of it beside it.

All were written for these tests. `NAME.read` holds sections, items and problems, a line for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.paper_reading import ReadItem, ReadPaper
from kb.paper_reading.text_paper import read_lines

PAPERS = Path(__file__).parent / "papers"


def read(name: str) -> ReadPaper:
    """Return what is read of a paper."""
    return read_lines((PAPERS / f"{name}.txt").read_text("utf-8").split("\n"))


def told(paper: ReadPaper) -> Iterator[str]:
    """Yield what was read, a line for each part."""
    yield f"试卷 {paper.title}".strip() if paper.is_paper else "不是试卷"
    for section in paper.sections:
        stated = (section.stated_count, section.points_each, section.stated_points)
        yield f"部分 {section.name} {section.type} {stated} 行{section.line}"
    yield from map(_told, paper.items)
    yield from (f"问题 行{problem.line} {problem.text}" for problem in paper.problems)


def _told(item: ReadItem) -> str:
    options = "".join(f" {option.letter}={option.text}" for option in item.options)
    context = f"〔{item.context}〕" if item.context else ""
    words = [f"{item.type} {item.section}{item.number} {context}{item.stem}{options}"]
    words.append(f"答案={item.answer!r}")
    if item.explanation:
        words.append(f"解析={item.explanation}")
    words += (
        f"{point.part or '采分点'}={point.points}:{point.text}" for point in item.scoring_points
    )
    words += (f"{hint.kind}={hint.text}" for hint in item.hints)
    if item.points is not None:
        words.append(f"{item.points:g}分")
    if item.missing:
        words.append(f"缺={'、'.join(item.missing)}")
    return " ¦ ".join([*words, f"行{item.line}"]).replace("\n", "⏎")


@pytest.mark.parametrize("name", sorted(path.stem for path in PAPERS.glob("*.txt")))
def test_a_paper_is_read_as_written_beside_it(name: str) -> None:
    expected = (PAPERS / f"{name}.read").read_text("utf-8").splitlines()
    assert list(told(read(name))) == expected
