"""Exchange of exam items with other programs: one class a format, by its name."""

from kb.exams.formats.docx import DocxFormat
from kb.exams.formats.exam_format import ExamFormat, Problem, ReadableFormat, ReadItems
from kb.exams.formats.exporting import export_items
from kb.exams.formats.gift import GiftFormat
from kb.exams.formats.moodle import MoodleFormat
from kb.exams.formats.qti import QtiFormat
from kb.exams.formats.xlsx import XlsxFormat

READABLE_FORMATS: dict[str, type[ReadableFormat]] = {
    "gift": GiftFormat,
    "moodle": MoodleFormat,
    "qti": QtiFormat,
    "xlsx": XlsxFormat,
}
FORMATS: dict[str, type[ExamFormat]] = {**READABLE_FORMATS, "docx": DocxFormat}

__all__ = [
    "FORMATS",
    "READABLE_FORMATS",
    "ExamFormat",
    "Problem",
    "ReadItems",
    "ReadableFormat",
    "export_items",
]
