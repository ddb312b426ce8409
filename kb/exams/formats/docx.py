"""A Word document of items with their answers, to be read; it is not read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kb.content.exam_item import ITEM_TYPES, ExamItem
from kb.exams.item_paragraphs import add_question, add_solution
from kb.exams.word_document import MEDIA_TYPE, WordDocument


class DocxFormat:
    """Writes items by their types, each followed by its answer, explanation and pins."""

    suffix: ClassVar[str] = ".docx"
    media_type: ClassVar[str] = MEDIA_TYPE

    def write(self, title: str, items: Sequence[ExamItem]) -> bytes:
        """Return a document with this title; items of a type keep their order."""
        document = WordDocument(title)
        document.add_title(title)
        for type_ in ITEM_TYPES:
            section = [item for item in items if item.type == type_]
            if section:
                document.add_heading(f"{type_}题（{len(section)}题）")
            for number, item in enumerate(section, 1):
                add_question(document, number, item, item.points)
                add_solution(document, item)
                about = [item.id, f"难度：{item.difficulty}"]
                topics = [f"主题：{'、'.join(item.topics)}"] if item.topics else []
                document.add_paragraph("　".join((*about, *topics)), indent_mm=7)
        return document.as_bytes()
