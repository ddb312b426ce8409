"""Makes a draft of a procedure of a document, and a list of what found no place in it.

Nothing is invented: what a document does not say is a blank for the editor. Nothing is lost: every
sentence of the document stands in the draft or in the list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.content import blank_header
from kb.importing.document import Place, SourceDocument
from kb.importing.draft import Draft, DraftStep, has_markup
from kb.importing.outline import Piece, Section, outline_of
from kb.importing.sentences import NOTES, Role, amount_in, limit_in, role_of, sentences_of
from kb.importing.tables import DEADLINES, MATERIALS, add_table

_NO_STEPS = re.compile(
    "目的|宗旨|适用|范围|对象|定义|术语|依据|总则|附则|附件|原则|考核|职责|前言|修订"
)
_ONLY_DIVIDES = "标题，只用来分段"
_MARKUP = "含有规程里另有用处的符号（花括号、方括号或〔〕）"


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something of a document that found no place in the draft."""

    where: str
    """第 12 段, 表 2 第 3 行, 页眉."""
    text: str
    why: str
    """In Chinese, for the editor."""


@dataclass(frozen=True, slots=True)
class ImportedDraft:
    """What became of a document."""

    text: str
    """A procedure file with blanks."""
    leftovers: tuple[Leftover, ...]
    """Paragraphs in their order, then tables, then what stands outside the body."""


def draft_procedure(
    document: SourceDocument, procedure_id: str, category: str, today: date
) -> ImportedDraft:
    """Return a draft of a procedure with this id and category that says what the document says."""
    outline = outline_of(document)
    draft = Draft()
    leftovers = [
        *(item for section in outline.sections for item in _sort(section, draft)),
        *_add_tables(document, draft),
        *_not_imported(document),
    ]
    header = blank_header(procedure_id, category, today, outline.title)
    return ImportedDraft(header + draft.body(), tuple(leftovers))


def guess_category(document: SourceDocument, categories: Iterable[str]) -> str:
    """Return the category whose words title and headings use most, or nothing."""
    outline = outline_of(document)
    headings = (section.heading.text for section in outline.sections if section.heading)
    # The title says more than any heading.
    pairs = Counter(_pairs("\n".join((*[outline.title] * 3, *headings))))
    scores = {name: sum(pairs[pair] for pair in set(_pairs(name))) for name in categories}
    best = max(scores, key=lambda name: scores[name], default="")
    return best if scores.get(best) else ""


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def _sort(section: Section, draft: Draft) -> Iterator[Leftover]:
    """Put a section into the draft; yield what has no place there."""
    if _is_under(section, MATERIALS):
        yield from _add_materials(section, draft)
    elif _is_under(section, DEADLINES):
        yield from _add_rules(section, draft, amount_in, "没有写明时限")
    elif _is_under(section, _NO_STEPS):
        yield from _add_rules(section, draft, limit_in, "不是坐席要做的一步")
    else:
        yield from _StepSorter(section, draft).sort()


def _is_under(section: Section, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(heading) for heading in section.headings)


def _heading_left(section: Section) -> Iterator[Leftover]:
    if section.heading:
        yield _leftover(section.heading, section.heading.text, _ONLY_DIVIDES)


def _add_materials(section: Section, draft: Draft) -> Iterator[Leftover]:
    yield from _heading_left(section)
    for piece in section.pieces:
        name = piece.text.rstrip("。；;，,")
        if has_markup(name):
            yield _leftover(piece, piece.text, _MARKUP)
        elif name.endswith(("：", ":")):
            yield _leftover(piece, piece.text, "引出清单的一句")
        elif not draft.add_material(name):
            yield _leftover(piece, piece.text, "与前面的材料重复")


def _add_rules(
    section: Section, draft: Draft, amount: Callable[[str], str], why: str
) -> Iterator[Leftover]:
    """Take rules, and time limits found by `amount`, out of a section that tells no steps."""
    yield from _heading_left(section)
    for piece in section.pieces:
        for sentence in sentences_of(piece.text):
            role = role_of(sentence)
            if has_markup(sentence):
                yield _leftover(piece, sentence, _MARKUP)
                continue
            is_limit = draft.add_deadline(sentence, amount(sentence))
            if role in NOTES:
                draft.notes.append((role, sentence))
            elif not is_limit:
                yield _leftover(piece, sentence, why)


class _StepSorter:
    """Makes steps of a section: of its heading when mere text follows, of each numbered item, or of
    each paragraph where nothing is numbered."""

    def __init__(self, section: Section, draft: Draft) -> None:
        self._section = section
        self._draft = draft
        self._step: DraftStep | None = None
        self._depth = 0
        """How deeply the open step is numbered; what is numbered deeper belongs to it."""

    def sort(self) -> Iterator[Leftover]:
        """Add the steps; yield what has no place in the draft."""
        heading, pieces = self._section.heading, self._section.pieces
        if heading and pieces and not pieces[0].depth and not has_markup(heading.text):
            self._open_step(heading.text, depth=0)
        else:
            yield from _heading_left(self._section)
        for piece in pieces:
            yield from self._add(piece)

    def _begins_step(self, piece: Piece) -> bool:
        if self._step is None:
            return True
        if piece.depth:
            return self._depth == 0 or piece.depth <= self._depth
        return self._depth == 0 and self._section.heading is None

    def _open_step(self, text: str, depth: int) -> None:
        self._step = DraftStep(text)
        self._depth = depth
        self._draft.steps.append(self._step)

    def _add(self, piece: Piece) -> Iterator[Leftover]:
        begins_step = self._begins_step(piece)
        for sentence in sentences_of(piece.text):
            role = role_of(sentence)
            if has_markup(sentence):
                yield _leftover(piece, sentence, _MARKUP)
                continue
            self._draft.add_deadline(sentence, limit_in(sentence))
            if role in NOTES:
                self._draft.notes.append((role, sentence))
            elif begins_step or self._step is None:
                self._open_step(sentence, piece.depth)
                begins_step = False
            elif role is Role.TEXT:
                self._step.more.append(sentence)
            else:
                self._step.blocks.append((role, sentence))


def _leftover(piece: Piece, text: str, why: str) -> Leftover:
    return Leftover(f"第 {piece.number} 段", text, why)


def _add_tables(document: SourceDocument, draft: Draft) -> Iterator[Leftover]:
    for table in document.tables:
        for row, why in add_table(table, draft):
            text = " | ".join(table.rows[row - 1])
            yield Leftover(f"表 {table.number} 第 {row} 行", text, why)


def _not_imported(document: SourceDocument) -> Iterator[Leftover]:
    for paragraph in document.paragraphs:
        if paragraph.place is not Place.BODY:
            where = f"{paragraph.place}（第 {paragraph.number} 段）"
            yield Leftover(where, paragraph.text, "不在正文里")
    if document.images:
        yield Leftover("图片", f"{document.images} 张", "规程不放图，图里的字请写成文字")
