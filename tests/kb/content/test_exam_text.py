"""What is written reads back as the same items, and is always written in the same way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.content import (
    BANKS,
    DIFFICULTIES,
    STAR_PARTS,
    Blanks,
    Choices,
    ExamFile,
    ExamItem,
    Option,
    Pin,
    Prose,
    Rubric,
    ScoringPoint,
    exam_path,
    exam_text,
    parse_exam_file,
)
from kb.content.exam_item import BLANK, Solution, Verdict
from kb.content.prose import parse_prose
from tests.content_samples import PROPERTY, collector
from tests.exam_samples import EXAM, SEALED, exam_in

_LINE = st.text("甲乙 -*#\\|·:：→AB12分{}、，", min_size=1, max_size=12).map(str.strip)
_WORDS = _LINE.filter(bool)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=3).map("\n".join)
_STEMS = st.lists(_TEXTS, min_size=1, max_size=3).map("\n\n".join)
_TOPICS = st.lists(st.text("甲乙丙丁", min_size=1, max_size=4), max_size=3).map(tuple)
_PINS = st.builds(
    Pin,
    st.sampled_from(["surrender", "claim-report"]),
    st.sampled_from(["verify", "verify/必说/1", "时效/核定 结果（个人）"]),
    st.sampled_from(["", "0123456789abcdef"]),
    st.just(1),
)
_POINTS = st.builds(
    ScoringPoint, _TEXTS, st.integers(1, 9), st.none(), st.none() | _PINS, st.just(1)
)


def prose(raw: str) -> Prose:
    return parse_prose(raw, 1, collector())


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option("ABCDEF"[number], f"选项{number}\n第二行") for number in range(count))


@st.composite
def items(draw: st.DrawFn) -> ExamItem:
    """Return an item as the reader could give it."""
    stem = draw(_STEMS)
    base = ExamItem(
        id="甲",
        type="判断",
        stem=stem,
        context="",
        options=(),
        solution=Verdict(draw(st.booleans())),
        explanation=prose(draw(st.just("") | _TEXTS)),
        points=draw(st.integers(1, 100)),
        difficulty=draw(st.sampled_from(DIFFICULTIES)),
        topics=draw(_TOPICS),
        source=draw(st.just("") | _WORDS),
        pins=tuple(draw(st.lists(_PINS, max_size=2))),
        line=1,
    )
    kind = draw(st.sampled_from(["判断", "单选", "多选", "填空", "论述", "情景分析", "行为面试"]))
    if kind == "单选":
        return replace(base, type="单选", options=options(4), solution=Choices(("B",)))
    if kind == "多选":
        return replace(base, type="多选", options=options(5), solution=Choices(("A", "E")))
    if kind == "填空":
        texts = st.lists(_WORDS.filter(lambda text: "\\" not in text), min_size=1, max_size=3)
        blanks = Blanks((tuple(draw(texts)),))
        return replace(base, type="填空", stem=f"{stem.replace('_', '')}{BLANK}", solution=blanks)
    if kind == "判断":
        return base
    points = tuple(draw(st.lists(_POINTS, min_size=2, max_size=3)))
    context = draw(st.just("") | _TEXTS) if kind != "论述" else ""
    if kind == "行为面试":
        points = tuple(
            ScoringPoint(f"{part}甲", number, part, None, 1)
            for number, part in enumerate(STAR_PARTS, 1)
        )
    total = sum(point.points for point in points)
    # The types are those of `kind`, which the reader knows as literals.
    return replace(
        base,
        type=kind,  # type: ignore[arg-type]
        context=context,
        solution=Rubric(points),
        points=total,
    )


def said(item: ExamItem) -> ExamItem:
    """Return the item without the places where it stood."""
    solution: Solution = item.solution
    if isinstance(solution, Rubric):
        solution = Rubric(
            tuple(
                replace(point, line=1, pin=point.pin and replace(point.pin, line=1))
                for point in solution.scoring_points
            )
        )
    return replace(
        item,
        solution=solution,
        explanation=prose(item.explanation.raw),
        pins=tuple(replace(pin, line=1) for pin in item.pins),
        line=1,
    )


@PROPERTY
@given(st.lists(items(), max_size=3), st.sampled_from(BANKS), _WORDS)
def test_what_is_written_reads_back_the_same(found: list[ExamItem], bank: str, title: str) -> None:
    numbered = tuple(replace(item, id=f"x-{number}") for number, item in enumerate(found))
    file = ExamFile(
        "x", title, BANKS[BANKS.index(bank)], "培训: 一组", numbered, exam_path("x"), ""
    )  # type: ignore[arg-type]
    text = exam_text(file)
    parsed = parse_exam_file(file.path, text.encode())
    assert parsed.draft is not None, text
    assert {fault.code for fault in parsed.faults} <= {"citation-syntax", "link-broken"}, text
    assert [said(item) for item in parsed.draft.items] == [said(item) for item in numbered]
    assert (parsed.draft.title, parsed.draft.bank) == (title, bank)
    assert parsed.draft.owner == "培训: 一组"
    assert exam_text(parsed.draft) == text


@pytest.mark.parametrize("text", [EXAM, SEALED])
def test_a_file_written_by_hand_in_this_way_stays_as_it_is(text: str) -> None:
    path = "exams/contact.md" if text is EXAM else "exams/contact-exam.md"
    assert exam_text(exam_in(text, path)) == text


@pytest.mark.parametrize("title", ["是", "no", "12", "甲: 乙", "#甲", "'甲", "[甲]", "2026-01-01"])
def test_a_title_reads_back_whatever_yaml_would_make_of_it(title: str) -> None:
    file = replace(exam_in(EXAM), title=title)
    assert exam_in(exam_text(file)).title == title
