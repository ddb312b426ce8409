"""Papers of training departments, in whatever form, become items for a person to review.

What strangers made is read in a process of its own (`child`), with little memory and time, and
without files and network. That process imports this package: duplicates, which need the dictionary
of traditional characters, stand in `duplicates` and are imported where they are used.
"""

from kb.paper_reading.paper import (
    Answer,
    Hint,
    ReadItem,
    ReadPaper,
    ReadPoint,
    ReadProblem,
    ReadSection,
)
from kb.paper_reading.reading import read_paper

__all__ = [
    "Answer",
    "Hint",
    "ReadItem",
    "ReadPaper",
    "ReadPoint",
    "ReadProblem",
    "ReadSection",
    "read_paper",
]
