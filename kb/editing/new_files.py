"""New files: a blank procedure, a further version of one from a day on, a blank exam file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from kb.content import (
    ID_PATTERN,
    PROCEDURES_FOLDER,
    Bank,
    blank_exam_file,
    blank_procedure,
    did_you_mean,
    exam_path,
    expected_file_names,
    parse_procedure_file,
)
from kb.editing.surroundings import Surroundings
from kb.errors import QueryInvalid

_EFFECTIVE_FROM = re.compile(r"^(effective_from:\s*[\"']?)\d{4}-\d{2}-\d{2}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that does not exist yet."""

    path: str
    """Below the content folder."""
    text: str


def new_procedure(
    procedure_id: str, category: str, surroundings: Surroundings, today: date
) -> NewFile:
    """Return a blank procedure in its place.

    Raises QueryInvalid when the id is malformed or taken, or the category unknown.
    """
    path = procedure_path(procedure_id, category, surroundings)
    return NewFile(path, blank_procedure(procedure_id, category, today))


def procedure_path(procedure_id: str, category: str, surroundings: Surroundings) -> str:
    """Return the path of the first version of a new procedure. Raises like `new_procedure`."""
    categories = surroundings.reference.vocabulary.categories
    if category not in categories:
        raise QueryInvalid(f"词表里没有分类“{category}”。{did_you_mean(category, categories)}")
    if not ID_PATTERN.fullmatch(procedure_id):
        raise QueryInvalid(f"编号“{procedure_id}”应为小写英文、数字和连字符，如 claim-report。")
    for path in surroundings.targets:
        if PurePosixPath(path).stem.partition("@")[0] == procedure_id:
            raise QueryInvalid(f"已经有编号为“{procedure_id}”的规程：{path}。")
    return f"{PROCEDURES_FOLDER}/{category}/{procedure_id}.md"


def new_version(path: str, text: str, effective_from: date, surroundings: Surroundings) -> NewFile:
    """Return a further version of the procedure in `text`, the file at `path`.

    It differs in its day alone. Raises QueryInvalid when the text cannot be read, the day is not
    after that of `text`, or the day has a version already.
    """
    draft = parse_procedure_file(path, text.encode()).draft
    if draft is None or not _EFFECTIVE_FROM.search(text):
        raise QueryInvalid("这一版读不懂，不能照它写下一版。请先改正它的错误。")
    if effective_from <= draft.effective_from:
        raise QueryInvalid(f"新版要晚于 {draft.effective_from} 生效，这里是 {effective_from}。")
    _, name = expected_file_names(draft.id, effective_from.isoformat())
    dated = str(PurePosixPath(path).with_name(name))
    if dated in surroundings.targets:
        raise QueryInvalid(f"{effective_from} 生效的版本已经有了：{dated}。")
    return NewFile(dated, _EFFECTIVE_FROM.sub(rf"\g<1>{effective_from}", text, count=1))


def new_exam_file(exam_id: str, title: str, bank: Bank, surroundings: Surroundings) -> NewFile:
    """Return a file of exam items in its place, with one item to be filled in.

    Raises QueryInvalid when the id is malformed or taken.
    """
    if not ID_PATTERN.fullmatch(exam_id):
        raise QueryInvalid(f"编号“{exam_id}”应为小写英文、数字和连字符，如 surrender。")
    path = exam_path(exam_id)
    if path in surroundings.exam_paths:
        raise QueryInvalid(f"已经有编号为“{exam_id}”的考题：{path}。")
    return NewFile(path, blank_exam_file(exam_id, title, bank))
