"""Two editors save the same file from the same base, again and again: nothing may get lost.

In every round both read the file, wait for each other, and each adds a line of its own. Whoever
comes second is refused, gets the text of the first beside it, and saves both together. In the end
every line whose save was acknowledged has to stand in the file.
"""

from __future__ import annotations

import multiprocessing
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from kb.changes import ChangedFile, ChangeSets, SavedMeanwhile
from kb.people import Person, Role
from kb.settings import Settings
from kb.state import open_database, upgrade_database
from tests.kb.changes.floor import add_person

PATH = "heard/contact-change.txt"
_PATIENCE_SECONDS = 60.0

Save = Callable[[ChangeSets, str, ChangedFile, str, Person], int]
"""Adds a line to the file that was read, in the change set with an id; returns the refusals."""


@dataclass(frozen=True, slots=True)
class SaveFigures:
    """What came of it."""

    acknowledged: int
    """Saves of both editors."""
    refused: int
    """How often an editor was shown what the other had saved."""
    lost: int
    """Acknowledged lines that do not stand in the file in the end."""


def save_carefully(changes: ChangeSets, id_: str, read: ChangedFile, line: str, by: Person) -> int:
    """Save as the editor's page does: a conflict is merged, and saved again."""
    refusals = 0
    while True:
        try:
            changes.save_file(id_, PATH, f"{read.content}\n{line}", read.number, None, by)
        except SavedMeanwhile as conflict:
            if conflict.saved is None:
                raise
            read = conflict.saved
            refusals += 1
        else:
            return refusals


def save_blindly(changes: ChangeSets, id_: str, read: ChangedFile, line: str, by: Person) -> int:
    """Save as if there were no numbers: the last one wins."""
    refusals = 0
    while True:
        number = changes.get(id_).files[0].number
        try:
            changes.save_file(id_, PATH, f"{read.content}\n{line}", number, None, by)
        except SavedMeanwhile:
            refusals += 1
        else:
            return refusals


def run_saves(
    settings: Settings, rounds: int, *, in_processes: bool, save: Save = save_carefully
) -> SaveFigures:
    """Return what came of `rounds` rounds in threads, or in processes of their own."""
    engine = open_database(settings)
    upgrade_database(engine)
    changes = ChangeSets(engine)
    editors = [add_person(engine, secrets.token_hex(4), Role.EDITOR) for _ in range(2)]
    change = changes.create(editors[0], "两人同时改")
    changes.save_file(change.id, PATH, "第一行", 0, None, editors[0])
    edit = partial(_edit, settings, change.id, rounds, save)
    if in_processes:
        context = multiprocessing.get_context("spawn")
        with context.Manager() as manager, ProcessPoolExecutor(2, mp_context=context) as pool:
            refused = list(pool.map(edit, editors, [manager.Barrier(2)] * 2))
    else:
        with ThreadPoolExecutor(2) as pool:
            refused = list(pool.map(edit, editors, [threading.Barrier(2)] * 2))
    (file,) = changes.get(change.id).files
    engine.dispose()
    acknowledged = {_line(editor, number) for editor in editors for number in range(rounds)}
    standing = set((file.content or "").split("\n"))
    return SaveFigures(len(acknowledged), sum(refused), len(acknowledged - standing))


def _edit(
    settings: Settings, id_: str, rounds: int, save: Save, editor: Person, together: Any
) -> int:
    """Do one editor's part; return how often a save was refused."""
    engine = open_database(settings)
    changes = ChangeSets(engine)
    refusals = 0
    for number in range(rounds):
        together.wait(_PATIENCE_SECONDS)
        (read,) = changes.get(id_).files
        together.wait(_PATIENCE_SECONDS)
        refusals += save(changes, id_, read, _line(editor, number), editor)
    engine.dispose()
    return refusals


def _line(editor: Person, number: int) -> str:
    return f"{editor.login} 第 {number} 次"
