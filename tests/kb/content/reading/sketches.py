"""Random valid procedures: a sketch of what one says, and the markdown that says it.

A sketch holds only what authors decide; lines, addresses of blocks and revisions follow from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

from kb.content import BLOCK_KINDS, NOTE_KINDS, ROUTE_KINDS
from kb.content.procedure import UNITS
from kb.content.reading.tables import WORDED_TERMS

T = TypeVar("T")
Texts = tuple[str, ...]
Conditions = tuple[tuple[str, Texts], ...]

_INNER = "保全退款险单甲乙丙丁 一二abXY019，。？！“”、：-:;'\"&*!%@`>~_+/"
_EDGE = "保全退款险单甲乙丙丁一二abXY"


@dataclass(frozen=True)
class Row:
    """A step, block, note, route, follow-up or material: name, kind or anchor, texts, condition."""

    head: str
    texts: Texts
    condition: Conditions = ()
    anchor: str = ""
    needs_verification: bool = False
    blocks: tuple[Row, ...] = ()


@dataclass(frozen=True)
class DeadlineRow:
    """A row of the deadline table: terms are (limit, start)."""

    name: str
    terms: tuple[tuple[str, str], ...]
    rolls_over: bool
    authority: str
    condition: Conditions


@dataclass(frozen=True)
class Sketch:
    """A whole procedure."""

    title: str
    summary: str
    says: Texts
    keywords: Texts
    asks: Conditions
    steps: tuple[Row, ...]
    materials: tuple[Row, ...]
    notes: tuple[Row, ...]
    deadlines: tuple[DeadlineRow, ...]
    follow_ups: tuple[Row, ...]
    routes: tuple[Row, ...]


def words(max_chars: int = 12) -> st.SearchStrategy[str]:
    """Return text without markup that begins and ends with a plain character."""
    middle = st.text(_INNER, max_size=max_chars - 2)
    return st.builds("".join, st.tuples(st.sampled_from(_EDGE), middle, st.sampled_from(_EDGE)))


MARKS = st.sampled_from(
    ["〔公司规定〕", "〔合同约定〕", "〔甲法§7〕", "〔乙办法§3第2款〕", "〔标准§3.1.2〕"]
)
LINKS = st.sampled_from(["", "，见[别处](other-procedure)", "[某步](other-procedure#some-step)"])
ATTESTED = st.builds("{}{}".format, words(), MARKS)
PROSE = st.builds("{}{}{}".format, words(), LINKS, MARKS | st.just(""))
CELL = PROSE | st.builds("{}|{}".format, words(), words())
NAMES = st.text("甲乙丙丁戊己", min_size=1, max_size=6)
ANCHORS = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
TERMS = st.sampled_from(WORDED_TERMS) | st.builds(
    "{}{}".format, st.integers(0, 9999), st.sampled_from(UNITS)
)


def texts(strategy: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[Texts]:
    """Return tuples of different texts."""
    return st.lists(strategy, min_size=least, max_size=most, unique=True).map(tuple)


CONDITIONS = st.lists(
    st.tuples(NAMES, texts(NAMES, 1, 3)), max_size=2, unique_by=lambda clause: clause[0]
).map(tuple)


def rows(
    heads: st.SearchStrategy[str], prose: st.SearchStrategy[str] = PROSE, most_texts: int = 1
) -> st.SearchStrategy[Row]:
    """Return rows with one head each and one to `most_texts` texts."""
    return st.builds(Row, heads, texts(prose, 1, most_texts), CONDITIONS, ANCHORS)


BLOCKS = st.builds(Row, st.sampled_from(BLOCK_KINDS), texts(PROSE, 1, 1), CONDITIONS)
STEPS = st.builds(
    Row, st.just(""), texts(PROSE, 1, 1), CONDITIONS, ANCHORS, st.booleans(),
    st.lists(BLOCKS, max_size=4).map(tuple),
)  # fmt: skip
DEADLINES = st.builds(
    DeadlineRow, words(), st.lists(st.tuples(TERMS, words()), min_size=1, max_size=3).map(tuple),
    st.booleans(), st.builds("{}〔甲法§7〕".format, words()), CONDITIONS,
)  # fmt: skip


def some(
    strategy: st.SearchStrategy[T], least: int, key: Callable[[T], str] | None = None
) -> st.SearchStrategy[tuple[T, ...]]:
    """Return tuples of a few values, different under `key`."""
    return st.lists(strategy, min_size=least, max_size=4, unique_by=key).map(tuple)


def _anchors_differ(sketch: Sketch) -> bool:
    anchors = [row.anchor for row in (*sketch.steps, *sketch.notes, *sketch.follow_ups)]
    return len(set(anchors)) == len(anchors)


SKETCHES = st.builds(
    Sketch,
    title=words(40),
    summary=words(125),
    says=texts(words() | st.sampled_from(["no", "010", "1:30", "~", "a: b", "# c"]), 6, 9),
    keywords=texts(words(), 0, 3),
    asks=st.lists(
        st.tuples(NAMES, texts(NAMES, 2, 3)), max_size=2, unique_by=lambda item: item[0]
    ).map(tuple),
    steps=some(STEPS, 1, lambda row: row.anchor),
    materials=some(st.builds(Row, words(), texts(CELL, 1, 1), CONDITIONS), 0, lambda row: row.head),
    notes=some(rows(st.sampled_from(NOTE_KINDS), ATTESTED), 1, lambda row: row.anchor),
    deadlines=some(DEADLINES, 0, lambda row: row.name),
    follow_ups=some(rows(words(), most_texts=3), 0, lambda row: row.anchor),
    routes=some(st.builds(Row, st.sampled_from(ROUTE_KINDS), texts(PROSE, 1, 1), CONDITIONS), 0),
).filter(_anchors_differ)


def written(conditions: Conditions) -> str:
    """Return conditions as authors write them, without braces."""
    return " ".join(f"{key}={'|'.join(values)}" for key, values in conditions)


def render(sketch: Sketch) -> str:
    """Return the file that says what `sketch` says."""
    return "\n".join([*_header(sketch), *_body(sketch), ""])


def _header(sketch: Sketch) -> list[str]:
    def quoted(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    asks = [f"  {quoted(key)}: {quoted(values)}" for key, values in sketch.asks]
    return [
        "---",
        "id: contact-change",
        f"title: {quoted(sketch.title)}",
        "category: 保全",
        f"summary: {quoted(sketch.summary)}",
        f"says: {quoted(sketch.says)}",
        f"keywords: {quoted(sketch.keywords)}",
        *(["asks:", *asks] if asks else []),
        "owner: 保全运营",
        "effective_from: 2026-01-01",
        "review_by: 2026-12-31",
        "---",
    ]


def _body(sketch: Sketch) -> list[str]:
    lines = ["## 办理步骤"]
    for number, step in enumerate(sketch.steps, 1):
        lines.append(f"{number}. {step.texts[0]}{_braces(step)}")
        lines += [f"   - {row.head}: {row.texts[0]}{_braces(row)}" for row in step.blocks]
    lines += ["", "## 所需材料", "| 材料 | 何时需要 | 要求 |", "|---|---|---|"]
    lines += [_cells(row.head, written(row.condition), row.texts[0]) for row in sketch.materials]
    lines += ["", "## 合规提示", *(_bullet(row) for row in sketch.notes)]
    lines += ["", "## 时效", "| 事项 | 期限 | 起算 | 依据 | 何时适用 |", "|---|---|---|---|---|"]
    lines += [_deadline(row) for row in sketch.deadlines]
    lines += ["", "## 常见追问"]
    for row in sketch.follow_ups:
        lines += [
            f"### {row.head}{_braces(row)}",
            *(line for text in row.texts for line in (text, "")),
        ]
    return [*lines, "## 升级与转办", *(_bullet(row) for row in sketch.routes)]


def _bullet(row: Row) -> str:
    return f"- {row.head}: {row.texts[0]}{_braces(row)}"


def _braces(row: Row) -> str:
    anchor = f"#{row.anchor}" if row.anchor else ""
    words_ = [anchor, written(row.condition), "需核身" if row.needs_verification else ""]
    inner = " ".join(word for word in words_ if word)
    return f" {{{inner}}}" if inner else ""


def _cells(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _deadline(row: DeadlineRow) -> str:
    limits = " 或 ".join(limit for limit, _ in row.terms) + ("" if row.rolls_over else " 不顺延")
    starts = " 或 ".join(start for _, start in row.terms)
    return _cells(row.name, limits, starts, row.authority, written(row.condition))
