"""Context and stem as the one text of a question: what other programs show has one field for it."""

from __future__ import annotations

from kb.content.exam_item import ExamItem

_CONTEXT = "【背景】"
_STEM = "\n\n【问题】"


def question_text(item: ExamItem) -> str:
    """Return the context, if there is one, and the stem."""
    return f"{_CONTEXT}{item.context}{_STEM}{item.stem}" if item.context else item.stem


def context_and_stem(text: str) -> tuple[str, str]:
    """Return the two parts of a question's text; the context is "" where none is marked."""
    context, mark, stem = text.removeprefix(_CONTEXT).partition(_STEM)
    return (context, stem) if mark and text.startswith(_CONTEXT) else ("", text)
