"""Starts again after a kill, and looks whether what was acknowledged is there, and all whole."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from kb.audit import first_break, read_trail
from kb.changes import ChangeOrigin, ChangeState
from kb.content import read_content_files
from kb.indexing import IndexBuilder, current_generation, load_generation
from kb.publishing.rows import last_publication, prepared_publications, publication_of
from kb.publishing.source import PublishedSource
from kb.state import reading
from kb.state.tables import change_sets
from tests.content_samples import SAMPLE_PATH
from tests.kb.indexing.desks import TODAY
from tests.reliability.floor import Desk, Workplace
from tests.reliability.working import Done

_NEVER_SCRUB = 1e9
_REACHED = {
    "save": set(ChangeState),
    "submit": {ChangeState.IN_REVIEW, ChangeState.APPROVED, ChangeState.PUBLISHED},
    "approve": {ChangeState.APPROVED, ChangeState.PUBLISHED},
    "publish": {ChangeState.PUBLISHED},
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found after a kill."""

    left: str
    """What the killed process left behind: where it was."""
    recovery_seconds: float
    """Until everything is in order and searchable again."""
    problems: tuple[str, ...]


def inspect(place: Workplace, done: Sequence[Done]) -> Inspection:
    """Repair, and compare what is there with what was acknowledged."""
    desk = Desk(place)
    left = _left_behind(desk)
    source = PublishedSource(desk.repository, desk.engine)
    builder = IndexBuilder(source, place.settings.index_dir, _NEVER_SCRUB)
    started = time.monotonic()
    desk.publisher.repair()
    builder.refresh()
    seconds = time.monotonic() - started
    problems = [
        *_missing(desk, done),
        *_half(desk, source),
        *_not_searchable(place, source),
    ]
    desk.engine.dispose()
    return Inspection(left, seconds, tuple(problems))


def _left_behind(desk: Desk) -> str:
    own = desk.repository.folder / ".git" / "kb"
    with reading(desk.engine) as connection:
        prepared, last = prepared_publications(connection), last_publication(connection)
    assert last is not None
    if prepared:
        is_there = desk.repository.is_at(prepared[0].commit)
        return "prepared, line moved" if is_there else "prepared, line not moved"
    if any(path.is_file() for path in (own / "aside").rglob("*")):
        return "published, file set aside"
    if _git(desk, "rev-parse", "main") != last.commit:
        return "published, branch not moved"
    return "nothing under way"


def _missing(desk: Desk, done: Sequence[Done]) -> Iterator[str]:
    """Yield what was acknowledged and is not there."""
    for item in done:
        change = desk.changes.get(item.change_set_id)
        if change.contents != {SAMPLE_PATH: item.text.encode()}:
            yield f"{item.action}: the saved text is another"
        if change.state not in _REACHED[item.action]:
            yield f"{item.action}: the change set is {change.state}"
        if item.action == "publish":
            with reading(desk.engine) as connection:
                publication = publication_of(connection, item.change_set_id)
            if publication is None or not desk.repository.is_published(publication.commit):
                yield "publish: the published line does not contain it"
            elif desk.repository.file_at(publication.commit, SAMPLE_PATH) != item.text.encode():
                yield "publish: the commit holds another text"


def _half(desk: Desk, source: PublishedSource) -> Iterator[str]:
    """Yield what is neither as before nor as after a publication."""
    with reading(desk.engine) as connection:
        prepared, last = prepared_publications(connection), last_publication(connection)
        by_hand = select(change_sets.c.id).where(
            change_sets.c.origin == ChangeOrigin.REPOSITORY,
            change_sets.c.state != ChangeState.WITHDRAWN,
        )
        taken_over = connection.scalars(by_hand).all()
    if prepared or last is None or not desk.repository.is_at(last.commit):
        yield "a publication is neither made nor undone"
    files = source.read_files()
    if read_content_files(desk.place.content) != files:
        yield "the work tree differs from what is published"
    if taken_over:
        yield "what the program itself wrote was taken for a change by hand"
    if _git(desk, "status", "--short") or (last and _git(desk, "rev-parse", "main") != last.commit):
        yield "the branch or its index did not follow"
    if _git(desk, "fsck", "--strict", "--no-dangling"):
        yield "git finds fault with the repository"
    if first_break(read_trail(desk.engine)) is not None:
        yield "the audit trail is broken"


def _not_searchable(place: Workplace, source: PublishedSource) -> Iterator[str]:
    generation = current_generation(place.settings.index_dir)
    assert generation is not None
    manifest = generation.read_manifest()
    expected = {
        path: hashlib.sha256(data).hexdigest() for path, data in source.read_files().items()
    }
    if manifest.sources != expected or generation.damaged_file(manifest):
        yield "the index is not that of what is published"
    load_generation(generation, TODAY).engine.close()


def _git(desk: Desk, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=desk.repository.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + (done.stderr if done.returncode else "")).strip()
