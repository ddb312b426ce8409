"""The process that is killed: it saves, submits, approves, publishes, and says what it has done."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from kb.changes import ChangeState, Verdict
from kb.people import Role
from kb.repository.work_tree import WorkTree
from tests.content_samples import SAMPLE_PATH
from tests.kb.changes.floor import passed
from tests.reliability.floor import Desk, Workplace, text_number

_HALF_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was acknowledged: it must be there whatever happens afterwards."""

    action: str
    change_set_id: str
    text: str
    """Of the one file that the change set changes."""


def work(place: Workplace, acknowledgements: int, first: int, is_naive: bool) -> None:
    """Work until killed, with texts from number `first` on; write a line for each thing done.

    The naive variant writes files as most programs do: over what is there, a piece at a time.
    """
    if is_naive:
        WorkTree._renew = _write_over  # type: ignore[method-assign]
    desk, people = Desk(place), place.people
    number = first
    while True:
        text = text_number(number)
        number += 1

        def done(action: str, id_: str, text: str = text) -> None:
            line = json.dumps(asdict(Done(action, id_, text)), ensure_ascii=False)
            os.write(acknowledgements, f"{line}\n".encode())

        published = desk.repository.file_at(desk.publisher.last().commit, SAMPLE_PATH)
        assert published is not None
        change = desk.changes.create(people.editor, f"改动 {number}")
        base = published.decode()
        desk.changes.save_file(change.id, SAMPLE_PATH, text, 0, base, people.editor)
        done("save", change.id)
        check = passed(desk.changes.get(change.id))
        change = desk.changes.submit(change.id, people.editor, check)
        done("submit", change.id)
        desk.changes.review(
            change.id, people.reviewer, Role.REVIEWER, Verdict.APPROVED, change.digest
        )
        assert desk.changes.get(change.id).state is ChangeState.APPROVED
        done("approve", change.id)
        desk.publisher.publish(change.id, people.reviewer)
        done("publish", change.id)


def _write_over(tree: WorkTree, path: str, before: bytes | None, after: bytes | None) -> None:
    target: Path = tree._git.folder / path
    if after is None:
        target.unlink()
        return
    with target.open("wb") as file:
        for half in (after[: len(after) // 2], after[len(after) // 2 :]):
            file.write(half)
            file.flush()
            time.sleep(_HALF_SECONDS)
