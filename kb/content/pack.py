"""All content of a folder as values: procedures, exam items and data files.

Reading never fails on a broken file: the file's faults travel with the pack.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.content.calendar import CALENDAR_FILE, WorkCalendar, read_calendar
from kb.content.desk import DESK_FILE, Desk, read_desk
from kb.content.exam_item import EXAMS_FOLDER, ExamFile, is_exam_path
from kb.content.fault import Fault, FaultCollector
from kb.content.heard import HEARD_FOLDER, HeardLines, heard_path, id_in_path, read_heard
from kb.content.lexicon import LEXICON_FILES, Lexicon, read_lexicon
from kb.content.procedure import Procedure
from kb.content.reading import (
    ParsedExamFile,
    ParsedFile,
    decode_content,
    parse_exam_file,
    parse_procedure_file,
)
from kb.content.register import REGISTER_FILE, Register, read_register
from kb.content.vocabulary import VOCABULARY_FILE, Vocabulary, read_vocabulary
from kb.errors import ContentFolderMissing

PROCEDURES_FOLDER = "procedures"
REQUIRED_FILES = (REGISTER_FILE, VOCABULARY_FILE, CALENDAR_FILE, *LEXICON_FILES)
DATA_FILES = (*REQUIRED_FILES, DESK_FILE)

ContentFiles = Mapping[str, bytes]
"""Path relative to the content folder (posix) → bytes."""


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """What the data files say: what procedures refer to, and what lies beside them."""

    register: Register
    vocabulary: Vocabulary
    lexicon: Lexicon
    calendar: WorkCalendar
    desk: Desk
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class ContentPack:
    """Everything that one content folder says."""

    files: tuple[ParsedFile, ...]
    """Procedure files in path order, broken ones included."""
    reference: ReferenceData
    heard: HeardLines
    """Of the procedures in `files`."""
    exams: tuple[ParsedExamFile, ...]
    """In path order, broken ones included."""

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """The versions that could be read without error."""
        return tuple(file.procedure for file in self.files if file.procedure is not None)

    @property
    def exam_files(self) -> tuple[ExamFile, ...]:
        """The exam files that could be read without error."""
        return tuple(exam.file for exam in self.exams if exam.file is not None)

    @property
    def reading_faults(self) -> Iterator[Fault]:
        """Faults that reading alone found."""
        yield from self.reference.faults
        for file in self.files:
            yield from file.faults
        for exam in self.exams:
            yield from exam.faults


def content_paths(folder: Path) -> list[str]:
    """Return the paths of all content files below `folder`, relative and sorted.

    Raises ContentFolderMissing when the folder has no procedures.
    """
    if not (folder / PROCEDURES_FOLDER).is_dir():
        raise ContentFolderMissing(
            f"内容文件夹“{folder}”里没有 {PROCEDURES_FOLDER}/。请检查 KB_CONTENT_DIR。"
        )
    return remaining_paths(folder)


def remaining_paths(folder: Path) -> list[str]:
    """Return what `content_paths` does, of a folder from which anything may have been deleted."""
    found = [*(folder / PROCEDURES_FOLDER).rglob("*.md"), *(folder / HEARD_FOLDER).glob("*.txt")]
    found += (folder / EXAMS_FOLDER).glob("*.md")
    found += [folder / name for name in DATA_FILES if (folder / name).is_file()]
    return sorted(filter(is_content_path, (path.relative_to(folder).as_posix() for path in found)))


def is_content_path(path: str) -> bool:
    """Return whether a file at `path` is content; others may lie beside it."""
    folder, _, name = path.rpartition("/")
    if name.startswith("."):
        return False
    if is_procedure_path(path):
        return name.endswith(".md")
    suffix = {HEARD_FOLDER: ".txt", EXAMS_FOLDER: ".md"}.get(folder)
    return path in DATA_FILES or (suffix is not None and name.endswith(suffix))


def read_content_files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all content files; one that vanishes meanwhile is left out."""
    files: dict[str, bytes] = {}
    for path in content_paths(folder):
        try:
            files[path] = (folder / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            continue
    return files


def content_digest(files: ContentFiles) -> str:
    """Return the sha256 over the sorted (path, sha256) list."""
    hasher = hashlib.sha256()
    for path in sorted(files):
        hasher.update(f"{path}\0{hashlib.sha256(files[path]).hexdigest()}\n".encode())
    return hasher.hexdigest()


def is_procedure_path(path: str) -> bool:
    """Return whether the path is that of a procedure, not of reference data."""
    return path.startswith(f"{PROCEDURES_FOLDER}/")


def read_text(files: ContentFiles, path: str) -> str:
    """Return the text of a file, empty when it is missing or cannot be read."""
    return decode_content(files.get(path, b""), FaultCollector(path)) or ""


def read_pack(files: ContentFiles) -> ContentPack:
    """Return the pack in `files`."""
    paths = sorted(path for path in files if is_procedure_path(path))
    return ContentPack(
        files=tuple(parse_procedure_file(path, files[path]) for path in paths),
        reference=read_reference_data(files),
        heard={id_in_path(path): heard_lines(files, path) for path in paths},
        exams=read_exams(files),
    )


def read_exams(files: ContentFiles) -> tuple[ParsedExamFile, ...]:
    """Return the exam files in `files`, in path order."""
    return tuple(parse_exam_file(path, files[path]) for path in sorted(filter(is_exam_path, files)))


def heard_lines(files: ContentFiles, procedure_path: str) -> tuple[str, ...]:
    """Return what was heard for the procedure in a file; nothing when that cannot be read."""
    return read_heard(read_text(files, heard_path(id_in_path(procedure_path))))


def read_reference_data(files: ContentFiles) -> ReferenceData:
    """Return what the data files say; a missing one is a fault unless it may be missing."""
    collectors = {name: FaultCollector(name) for name in DATA_FILES}
    texts: dict[str, str] = {}
    for name, collector in collectors.items():
        if name in files:
            texts[name] = decode_content(files[name], collector) or ""
        elif name in REQUIRED_FILES:
            collector.error(1, "file-missing", f"缺少文件 {name}。", "从程序自带的内容里复制一份。")
    return ReferenceData(
        register=read_register(texts.get(REGISTER_FILE, ""), collectors[REGISTER_FILE]),
        vocabulary=read_vocabulary(texts.get(VOCABULARY_FILE, ""), collectors[VOCABULARY_FILE]),
        lexicon=read_lexicon(texts, collectors),
        calendar=read_calendar(texts.get(CALENDAR_FILE, ""), collectors[CALENDAR_FILE]),
        desk=read_desk(texts.get(DESK_FILE, ""), collectors[DESK_FILE]),
        faults=tuple(fault for item in collectors.values() for fault in item.faults),
    )
