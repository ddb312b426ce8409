"""Papers: composed by rules, kept as fixed versions, printed with answer sheet and key."""

from kb.exams.papers.composing import compose_paper
from kb.exams.papers.documents import answer_key, answer_sheet, paper_document
from kb.exams.papers.exam_paper import ExamPaper, PaperItem, PaperSection, paper_from_json
from kb.exams.papers.rules import DifficultyShare, PaperRules, TypeRule
from kb.exams.papers.variant import make_variant

__all__ = [
    "DifficultyShare",
    "ExamPaper",
    "PaperItem",
    "PaperRules",
    "PaperSection",
    "TypeRule",
    "answer_key",
    "answer_sheet",
    "compose_paper",
    "make_variant",
    "paper_document",
    "paper_from_json",
]
