"""Reads the papers that people hand in."""

from __future__ import annotations

from kb.importing.reading import read_confined, refuse_at_sight
from kb.paper_reading.from_json import paper_from_json
from kb.paper_reading.paper import ReadPaper

CHILD = ("-m", "kb.paper_reading.child")


def read_paper(data: bytes) -> ReadPaper:
    """Return what stands in a file: .txt, .docx, .xlsx, GIFT or Moodle XML.

    Raises DocumentRefused, which says why. A file that is no paper has no items, and one problem.
    """
    refuse_at_sight(data)
    return paper_from_json(read_confined(CHILD, data))
