"""What may be written at the cursor of a procedure file.

Header and body each have a module of their own.
"""

from __future__ import annotations

from dataclasses import replace

from kb.content import is_procedure_path, parse_procedure_file
from kb.editing.body_completion import complete_body
from kb.editing.candidates import NOTHING_KNOWN, Completion
from kb.editing.cursor import Cursor, cursor_in
from kb.editing.header_completion import complete_header
from kb.editing.surroundings import Surroundings

_FENCE = "---"
_CLOSING = ("〕", ")")
_MAX_CHARS = 2000
"""Before the cursor on its line: nobody writes more, and patterns would take long over it."""


def complete(
    path: str, text: str, line: int, column: int, surroundings: Surroundings
) -> Completion:
    """Return the candidates at the cursor, which stands before the 1-based `column` of `line`.

    A place outside the text, or one of which nothing is known, has none.
    """
    cursor = cursor_in(text, line, column)
    if cursor is None or not is_procedure_path(path) or len(cursor.before) > _MAX_CHARS:
        return NOTHING_KNOWN
    if _is_in_header(cursor):
        return complete_header(cursor, surroundings)
    # A half-written file is read as far as it can be.
    draft = parse_procedure_file(path, text.encode("utf-8", "surrogatepass")).draft
    return _without_closing(complete_body(cursor, draft, surroundings), cursor.after[:1])


def _is_in_header(cursor: Cursor) -> bool:
    return [line.strip() for line in cursor.above].count(_FENCE) == 1


def _without_closing(completion: Completion, following: str) -> Completion:
    """Return the completion without the bracket that stands behind the cursor already."""
    if following not in _CLOSING:
        return completion
    candidates = (
        replace(item, insert=item.insert.removesuffix(following)) for item in completion.candidates
    )
    return Completion(completion.column, tuple(candidates))
