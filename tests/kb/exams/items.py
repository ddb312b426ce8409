"""Exam items for tests: one of each type, and random ones."""

from __future__ import annotations

from string import ascii_uppercase

from hypothesis import strategies as st

from kb.content.exam_item import (
    BLANK,
    CHOICE_TYPES,
    DIFFICULTIES,
    ITEM_TYPES,
    STAR_PARTS,
    Blanks,
    Choices,
    ExamItem,
    ItemType,
    Option,
    Pin,
    Rubric,
    ScoringPoint,
    Solution,
    Verdict,
)
from kb.content.fault import FaultCollector
from kb.content.prose import Prose, parse_prose


def prose(raw: str) -> Prose:
    return parse_prose(raw, 1, FaultCollector("x"))


def make_item(type_: ItemType, number: int = 1, **changes: object) -> ExamItem:
    """Return a plain item of a type."""
    values: dict[str, object] = {
        "id": f"surrender-{number}",
        "type": type_,
        "stem": f"客户要退保，先做什么？（第{number}题）",
        "context": "",
        "options": (),
        "explanation": prose("先核身，见[第1步](surrender-materials#verify)〔保险法§47〕。"),
        "points": 2,
        "difficulty": "中",
        "topics": ("退保解约", "代办"),
        "source": "客服部考卷 第12行",
        "pins": (
            Pin("surrender-materials", "verify/必说/1", "3f9a0c12ab34cd56", 9),
            Pin("surrender-materials", "时效/退还 现金价值", "", 10),
        ),
        "line": 7,
    }
    values |= _answer_of(type_)
    return ExamItem(**(values | changes))  # type: ignore[arg-type]


def _answer_of(type_: ItemType) -> dict[str, object]:
    options = tuple(
        Option(letter, text)
        for letter, text in zip("ABCD", ("核对身份", "办理退保", "记录来电", "转主管"), strict=True)
    )
    match type_:
        case "单选":
            return {"options": options, "solution": Choices(("A",))}
        case "多选":
            return {"options": options, "solution": Choices(("A", "C"))}
        case "判断":
            return {"stem": "退保要先核身。", "solution": Verdict(True)}
        case "填空":
            stem = f"现金价值应在{BLANK}内退还，犹豫期是{BLANK}。"
            return {"stem": stem, "solution": Blanks((("30日", "30天"), ("15日",)))}
        case "简答" | "论述" | "情景分析" | "行为面试":
            pin = Pin("surrender-materials", "verify/必核/1", "aaaabbbbccccdddd", 12)
            parts = STAR_PARTS[:2] if type_ == "行为面试" else (None, None)
            points = (
                ScoringPoint("先核对代理关系", 1, parts[0], pin, 12),
                ScoringPoint("再说明材料", 1, parts[1], None, 13),
            )
            context = "客户电话里说要退保。" if type_ in ("情景分析", "行为面试") else ""
            return {"context": context, "solution": Rubric(points)}


ONE_OF_EACH = tuple(make_item(type_, number) for number, type_ in enumerate(ITEM_TYPES, 1))

# The characters that some format gives a meaning, among words.
_INNER = "退保险单甲 aT019，。？~=#{}:\\/*%[]<>&\"'|;；、→-+@!`$\n\t\u3000"
_EDGE = "退保险单甲aT019~=#{}:\\/*%[]<>&\"'|;；、→-+@!$"


def texts(max_size: int = 12) -> st.SearchStrategy[str]:
    """Return texts as content has them: nothing blank around, every special character."""
    edge = st.sampled_from(_EDGE)
    return st.builds(
        lambda first, inner, last: first + inner + last,
        edge,
        st.text(st.sampled_from(_INNER), max_size=max_size),
        edge,
    )


_ids = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
_hashes = st.one_of(st.just(""), st.from_regex(r"[0-9a-f]{16}", fullmatch=True))
_addresses = st.one_of(
    st.builds("{}/必说/{}".format, _ids, st.integers(1, 9)),
    st.builds(
        "时效/{}".format, st.text("退还 现金价值#|\\→", min_size=1).map(lambda t: f"款{t}额")
    ),
)
_pins = st.builds(Pin, _ids, _addresses, _hashes, st.integers(0, 9))


@st.composite
def exam_items(draw: st.DrawFn) -> ExamItem:
    """Return any item that could stand in a content file."""
    type_ = draw(st.sampled_from(ITEM_TYPES))
    stem, solution, options = draw(texts(30)).replace(BLANK, "__"), None, ()
    stem, options, solution = draw(_answers(type_, stem))
    is_situation = type_ in ("情景分析", "行为面试")
    return ExamItem(
        id=draw(_ids),
        type=type_,
        stem=stem,
        context=draw(st.one_of(st.just(""), texts(20))) if is_situation else "",
        options=options,
        solution=solution,
        explanation=prose(draw(st.one_of(st.just(""), texts(20)))),
        points=draw(st.integers(1, 99)),
        difficulty=draw(st.sampled_from(DIFFICULTIES)),
        topics=tuple(draw(st.lists(texts(), max_size=3))),
        source=draw(st.one_of(st.just(""), texts())),
        pins=tuple(draw(st.lists(_pins, max_size=2))),
        line=1,
    )


@st.composite
def _answers(
    draw: st.DrawFn, type_: ItemType, stem: str
) -> tuple[str, tuple[Option, ...], Solution]:
    if type_ in CHOICE_TYPES:
        said = draw(st.lists(texts(), min_size=2, max_size=8))
        letters = ascii_uppercase[: len(said)]
        options = tuple(map(Option, letters, said))
        most = 1 if type_ == "单选" else len(said)
        right = draw(st.sets(st.sampled_from(letters), min_size=1, max_size=most))
        return stem, options, Choices(tuple(sorted(right)))
    if type_ == "判断":
        return stem, (), Verdict(draw(st.booleans()))
    if type_ == "填空":
        accepted = draw(
            st.lists(
                st.lists(texts(), min_size=1, max_size=2, unique=True).map(tuple),
                min_size=1,
                max_size=3,
            )
        )
        glue = draw(st.sampled_from(["甲", " ", "\n", "\n\n", ""]))
        return stem + glue.join([BLANK] * len(accepted)), (), Blanks(tuple(accepted))
    points = draw(st.lists(_scoring_points(type_), min_size=1, max_size=3))
    return stem, (), Rubric(tuple(points))


def _scoring_points(type_: ItemType) -> st.SearchStrategy[ScoringPoint]:
    parts = st.sampled_from(STAR_PARTS) if type_ == "行为面试" else st.none()
    return st.builds(
        ScoringPoint, texts(), st.integers(1, 9), parts, st.one_of(st.none(), _pins), st.just(1)
    )
