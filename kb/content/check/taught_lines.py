"""Finds lines that teach search two things at once, and lines that teach it nothing.

What is compared is what a customer would say aloud: punctuation, white space and case are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.content.check.file_check import check_personal_data
from kb.content.fault import Fault, FaultCollector
from kb.content.heard import heard_path, id_in_path, is_heard_path, placed_heard
from kb.content.outside import OUTSIDE_FILE, placed_says
from kb.content.pack import ContentFiles, ContentPack, read_text
from kb.content.procedure import Procedure
from kb.content.prose import without_marks
from kb.content.reading import decode_content


@dataclass(frozen=True, slots=True)
class _Taught:
    """A line that stands for a procedure."""

    procedure_id: str
    path: str
    """File in which it stands."""
    line: int
    """1-based; of a line in the header that of its field."""
    text: str
    is_said: bool
    """Whether customers say it; otherwise it is the title or a keyword."""


def check_taught_lines(pack: ContentPack, files: ContentFiles) -> list[Fault]:
    """Return a fault for each line that stands for two procedures, for one and an outsider, twice
    for one, or for none."""
    taught: dict[str, list[_Taught]] = {}
    for line in (*_written(pack), *_heard(pack, files)):
        taught.setdefault(_spoken(line.text), []).append(line)
    outside = read_text(files, OUTSIDE_FILE)
    return [
        *_heard_file_faults(pack, files),
        *_heard_again(taught),
        *_said_for_two(taught),
        *_said_outside(outside, taught),
    ]


def _written(pack: ContentPack) -> Iterator[_Taught]:
    for procedure in pack.procedures:
        for field, texts in _taught_fields(procedure).items():
            for text in texts:
                line = procedure.line_of(field)
                yield _Taught(procedure.id, procedure.path, line, text, field == "says")


def _taught_fields(procedure: Procedure) -> dict[str, tuple[str, ...]]:
    return {
        "title": (procedure.title,),
        "keywords": procedure.keywords,
        "says": procedure.says,
    }


def _heard(pack: ContentPack, files: ContentFiles) -> Iterator[_Taught]:
    for procedure_id in pack.heard:
        path = heard_path(procedure_id)
        for line, text in placed_heard(read_text(files, path)):
            yield _Taught(procedure_id, path, line, text, is_said=True)


def _spoken(text: str) -> str:
    return without_marks(text).lower()


def _heard_file_faults(pack: ContentPack, files: ContentFiles) -> Iterator[Fault]:
    for path in filter(is_heard_path, files):
        faults = FaultCollector(path)
        decode_content(files[path], faults)
        check_personal_data(files[path], faults)
        if id_in_path(path) not in pack.heard:
            faults.error(
                1,
                "heard-without-procedure",
                f"没有编号为“{id_in_path(path)}”的规程。",
                "文件名改成规程的编号加 .txt，或删去文件。",
            )
        yield from faults.faults


def _heard_again(taught: dict[str, list[_Taught]]) -> Iterator[Fault]:
    """Yield an error at every heard line that its procedure has already."""
    for lines in taught.values():
        for number, line in enumerate(lines):
            if not is_heard_path(line.path):
                continue
            earlier = [item for item in lines[:number] if item.procedure_id == line.procedure_id]
            if earlier:
                yield Fault(
                    line.path,
                    line.line,
                    1,
                    "heard-repeated",
                    "error",
                    f"“{line.text}”在 {earlier[0].path} 第 {earlier[0].line} 行已经写过。",
                    "删去这一行。",
                )


def _said_for_two(taught: dict[str, list[_Taught]]) -> Iterator[Fault]:
    """Yield a warning at every saying that another procedure had before."""
    for lines in taught.values():
        said = [line for line in lines if line.is_said]
        for line in said:
            if line.procedure_id != said[0].procedure_id:
                yield Fault(
                    line.path,
                    line.line,
                    1,
                    "says-shared",
                    "warning",
                    f"“{line.text}”在规程“{said[0].procedure_id}”里也写了，两份分不开。",
                    "留在它更像的那一份里，另一份删去或写出差别。",
                )


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
