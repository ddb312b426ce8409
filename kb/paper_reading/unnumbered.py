"""Cuts the lines below a heading into items where numbers are missing.

Office programs write numbers by themselves, and lose them when text is copied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.paper_reading.fields import has_label
from kb.paper_reading.line import Line
from kb.paper_reading.numbering import Entries, Entry
from kb.paper_reading.options import begins_with_option

_NOTE = re.compile(
    r"(?:说明|要求|注意?|提示|(?:考[查察核]|答题).{0,4}|评分.{0,4})\s*:|[(\[][^()]{0,60}[)\]]$"
)
_GOES_ON = re.compile(r"[-•·●▪■◆①-⑳]|\(\d")
_ASKS = re.compile(r"[?]|\(\s*[√×A-H]*\s*\)|__|^请|如何|怎[么样]|哪|什么|简述|说明")


def unnumbered_entries(lines: Sequence[Line]) -> Entries:
    """Return an entry for each question, counted from 1."""
    result = Entries()
    for line in lines:
        if not result.entries and _NOTE.match(line.folded):
            result.before.append(line)
        elif _begins(line, result.entries):
            result.entries.append(Entry(len(result.entries) + 1, [line]))
        elif result.entries:
            result.entries[-1].lines.append(line)
        else:
            result.before.append(line)
    return result


def _begins(line: Line, entries: Sequence[Entry]) -> bool:
    """Return whether a question begins: the one above has its options, or its answer."""
    if begins_with_option(line) or has_label(line) or _GOES_ON.match(line.folded):
        return False
    if not entries:
        return True
    above = entries[-1].lines
    if any(map(has_label, above)):
        return bool(_ASKS.search(line.folded))
    # Where nothing has options, each line is a question.
    return len(above) == 1 or any(map(begins_with_option, above))
