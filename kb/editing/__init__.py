"""What helps to write content: faults and completions while typing, and new files to start from.

What is written is kept by `kb.changes`; the pages around it are `web`'s.
"""

from kb.editing.candidates import Candidate, Completion
from kb.editing.completion import complete
from kb.editing.faults import check_text
from kb.editing.new_files import (
    NewFile,
    new_exam_file,
    new_procedure,
    new_version,
    procedure_path,
)
from kb.editing.surroundings import Surroundings, Target, read_surroundings

__all__ = [
    "Candidate",
    "Completion",
    "NewFile",
    "Surroundings",
    "Target",
    "check_text",
    "complete",
    "new_exam_file",
    "new_procedure",
    "new_version",
    "procedure_path",
    "read_surroundings",
]
