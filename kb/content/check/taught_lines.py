"""Finds lines that teach the intent model two things at once: it can then learn neither.

What is compared is what a customer would say aloud: punctuation, white space and case are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.content.fault import Fault, FaultCollector
from kb.content.outside import OUTSIDE_FILE, placed_says
from kb.content.pack import ContentFiles, ContentPack, read_text
from kb.content.procedure import Procedure

_UNSPOKEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Taught:
    """A line of a procedure."""

    procedure_id: str
    path: str
    line: int
    """1-based line of the field in which it stands."""
    text: str
    is_said: bool
    """Whether customers say it; otherwise it is the title or a keyword."""


def check_taught_lines(pack: ContentPack, files: ContentFiles) -> list[Fault]:
    """Return a fault for each line that stands for two procedures, or for one and an outsider."""
    taught: dict[str, list[_Taught]] = {}
    for procedure in pack.procedures:
        for line in _lines(procedure):
            taught.setdefault(_spoken(line.text), []).append(line)
    outside = read_text(files, OUTSIDE_FILE)
    return [*_said_for_two(taught), *_said_outside(outside, taught)]


def _lines(procedure: Procedure) -> Iterator[_Taught]:
    for field, texts in (
        ("title", (procedure.title,)),
        ("keywords", procedure.keywords),
        ("says", procedure.says),
        ("heard", procedure.heard),
    ):
        line = procedure.line_of(field)
        for text in texts:
            yield _Taught(procedure.id, procedure.path, line, text, field in ("says", "heard"))


def _spoken(text: str) -> str:
    return _UNSPOKEN.sub("", text).lower()


def _said_for_two(taught: dict[str, list[_Taught]]) -> Iterator[Fault]:
    """Yield a warning at every saying that another procedure had before."""
    for lines in taught.values():
        said = [line for line in lines if line.is_said]
        for line in said:
            if line.procedure_id != said[0].procedure_id:
                faults = FaultCollector(line.path)
                faults.warning(
                    line.line,
                    "says-shared",
                    f"“{line.text}”在规程“{said[0].procedure_id}”里也写了，两份分不开。",
                    "留在它更像的那一份里，另一份删去或写出差别。",
                )
                yield from faults.faults


def _said_outside(text: str, taught: dict[str, list[_Taught]]) -> Iterator[Fault]:
    faults = FaultCollector(OUTSIDE_FILE)
    subjects: dict[str, str] = {}
    for subject, item in placed_says(text):
        spoken = _spoken(item.text)
        owner = f"规程“{taught[spoken][0].procedure_id}”" if spoken in taught else ""
        if not owner and spoken in subjects:
            owner = f"主题“{subjects[spoken]}”"
        if owner:
            faults.error(
                item.line,
                "outside-repeats",
                f"“{item.text}”在{owner}里已经写过。",
                "删去其中一处。",
            )
        subjects.setdefault(spoken, subject)
    yield from faults.faults
