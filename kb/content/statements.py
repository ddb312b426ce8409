"""Statements: the sentences of a procedure, each with the authority that stands behind it.

A mark belongs to the sentence in which it stands, or at whose end it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from kb.content.procedure import Deadline, FollowUp, Material, Procedure, prose_of
from kb.content.prose import Citation, Link, PracticeMark, Prose, without_marks

_SENTENCE_END = re.compile(r"[。！？；\n]+[”」』）]*")


class Authority(StrEnum):
    """What a statement rests on; the value is what staff call it."""

    LAW = "法律依据"
    CONTRACT = "合同约定"
    COMPANY = "公司规定"
    NONE = "未注依据"
    """Questions, wordings and actions, which need none."""


@dataclass(slots=True)
class Statement:
    """A sentence with the marks that stand in it."""

    text: str
    marks: list[Citation | PracticeMark] = field(default_factory=list)

    @property
    def authority(self) -> Authority:
        """The strongest authority that is named: law, then contract, then company."""
        if any(isinstance(mark, Citation) for mark in self.marks):
            return Authority.LAW
        practices = {mark.practice for mark in self.marks if isinstance(mark, PracticeMark)}
        for authority in (Authority.CONTRACT, Authority.COMPANY):
            if authority in practices:
                return authority
        return Authority.NONE


@dataclass(frozen=True, slots=True)
class CutProcedure:
    """A procedure with its text cut into sentences."""

    procedure: Procedure
    statements: tuple[Statement, ...]
    """In reading order."""
    sentences: tuple[str, ...]
    """The texts of the statements without punctuation; names and questions count as such."""


def cut_procedure(procedure: Procedure) -> CutProcedure:
    """Return a procedure with the sentences of all its parts."""
    statements: list[Statement] = []
    sentences: list[str] = []
    for part in procedure.parts():
        if isinstance(part, Material | Deadline):
            sentences.append(without_marks(part.name))
        if isinstance(part, FollowUp):
            sentences.append(without_marks(part.question))
        for prose in prose_of(part):
            cut = statements_of(prose)
            statements += cut
            sentences += (without_marks(item.text) for item in cut)
    return CutProcedure(procedure, tuple(statements), tuple(sentences))


def statements_of(prose: Prose) -> list[Statement]:
    """Return the sentences of a run of text in order."""
    found: list[Statement] = []
    current = Statement("")
    for span in prose.spans:
        if isinstance(span, Citation | PracticeMark):
            at_end = not current.text.strip() and found
            (found[-1] if at_end else current).marks.append(span)
            continue
        text, start = span.label if isinstance(span, Link) else span, 0
        for end in _SENTENCE_END.finditer(text):
            current.text += text[start : end.end()]
            found.append(current)
            current, start = Statement(""), end.end()
        current.text += text[start:]
    if current.text.strip():
        found.append(current)
    return found
