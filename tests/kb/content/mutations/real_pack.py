"""The real pack with one file damaged, checked again at little cost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from pathlib import Path

from kb.content import (
    ContentPack,
    Fault,
    ParsedFile,
    check_pack,
    is_procedure_path,
    parse_procedure_file,
    read_content_files,
    read_pack,
)
from kb.content.condition import ALWAYS
from kb.content.desk import Desk
from kb.content.prose import EMPTY_PROSE
from kb.settings import PACKAGED_CONTENT
from tests.kb.content.mutations.damage import Damage


@cache
def intact_files() -> dict[str, bytes]:
    """Return the real pack's files."""
    return read_content_files(PACKAGED_CONTENT)


@cache
def intact_pack() -> ContentPack:
    """Return the real pack."""
    return read_pack(intact_files())


@cache
def procedure_texts() -> dict[str, str]:
    """Return path → text of every procedure file of the real pack."""
    return {path: data.decode() for path, data in intact_files().items() if is_procedure_path(path)}


def procedure_id_of(path: str) -> str:
    """Return the id that the file's name begins with."""
    return Path(path).stem.partition("@")[0]


@cache
def named_in(path: str) -> frozenset[str]:
    """Return the paths of the files that the one at `path` names, itself included."""
    text = procedure_texts()[path]
    return frozenset(other for other in procedure_texts() if procedure_id_of(other) in text)


@cache
def neighbours(path: str) -> frozenset[str]:
    """Return the paths of the file itself, of those that name it and of those that it names."""
    naming = frozenset(other for other in procedure_texts() if path in named_in(other))
    return naming | named_in(path)


def signpost(file: ParsedFile) -> ParsedFile:
    """Return a file that links can lead to, without the texts and references that cost time."""
    assert file.draft is not None
    draft = replace(
        file.draft,
        asks=(),
        related=(),
        steps=tuple(
            replace(s, text=EMPTY_PROSE, condition=ALWAYS, blocks=()) for s in file.draft.steps
        ),
        materials=(),
        notes=tuple(replace(n, text=EMPTY_PROSE, condition=ALWAYS) for n in file.draft.notes),
        deadlines=(),
        follow_ups=tuple(replace(f, answers=(), condition=ALWAYS) for f in file.draft.follow_ups),
        routes=(),
    )
    return replace(file, draft=draft, procedure=draft)


@cache
def signposts() -> dict[str, ParsedFile]:
    """Return path → signpost of every procedure file."""
    return {file.path: signpost(file) for file in intact_pack().files}


def faults_after(path: str, damage: Damage, within: Collection[str]) -> list[Fault]:
    """Return the faults of the files `within` after `damage` has happened to the one at `path`.

    Files that those name are signposts; the rest is left out. No other file is parsed again or
    scanned again for personal data: their bytes are those of the intact pack, which has none.
    """
    changed = {damage.path or path: damage.text.encode(errors="surrogateescape")}
    changed |= {other: text.encode() for other, text in damage.others.items()}
    named = frozenset[str]().union(*(named_in(other) for other in within))
    files = [
        file if file.path in within else signposts()[file.path]
        for file in intact_pack().files
        if file.path not in changed and (file.path in within or file.path in named)
    ]
    files += [parse_procedure_file(name, data) for name, data in changed.items()]
    # The desk's phrases and the exam items would miss the files that are left out.
    reference = replace(intact_pack().reference, desk=Desk())
    ordered = tuple(sorted(files, key=lambda file: file.path))
    pack = replace(intact_pack(), files=ordered, reference=reference, exams=())
    return check_pack(pack, {**dict.fromkeys(intact_files(), b""), **changed}, damage.today)
