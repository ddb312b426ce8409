"""Checks of the content as a whole: everything that one file alone cannot tell.

The search check (a `says` line finds its own procedure) needs an engine and lives in
`kb.checking`.
"""

from kb.content.check.exam_check import check_exam_file
from kb.content.check.file_check import check_file, check_personal_data
from kb.content.check.pack_check import anchors_of, check_pack
from kb.content.check.references import Anchors, links_of

__all__ = [
    "Anchors",
    "anchors_of",
    "check_exam_file",
    "check_file",
    "check_pack",
    "check_personal_data",
    "links_of",
]
