"""Items as they were asked: told apart by a hash, and kept, whatever is published later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from kb.content import ExamItem, Rubric
from kb.exams.item_json import item_as_json, item_from_json
from kb.state.tables import exam_item_versions

# The two share the clause, not the function that makes it.
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_FILED = ("difficulty", "topics", "source", "pins")
"""Where an item belongs and what it hangs on: another pin does not change what is asked."""


def content_hash(item: ExamItem) -> str:
    """Return the sha256 (hexadecimal) of all that is asked, counts as right and explains it."""
    said = {name: value for name, value in item_as_json(item).items() if name not in _FILED}
    if isinstance(item.solution, Rubric):
        points = item.solution.scoring_points
        said["answer"] = [[point.text, point.points, point.part] for point in points]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def keep_versions(connection: Connection, items: Iterable[ExamItem]) -> None:
    """Store items as they are asked now; those that are stored already stay."""
    versions = {content_hash(item): item for item in items}
    rows = [
        {"content_hash": key, "content": json.dumps(item_as_json(item), ensure_ascii=False)}
        # In one order: two transactions that store the same items wait, and never for each other.
        for key, item in sorted(versions.items(), key=lambda pair: pair[0])
    ]
    statement = _INSERTS[connection.dialect.name](exam_item_versions).on_conflict_do_nothing()
    connection.execute(statement, rows)


def read_versions(connection: Connection, hashes: Collection[str]) -> dict[str, ExamItem]:
    """Return content hash → the item as it was asked; the lines of items are 0."""
    table = exam_item_versions.c
    statement = select(exam_item_versions).where(table.content_hash.in_(sorted(hashes)))
    return {
        row.content_hash: item_from_json(json.loads(row.content))
        for row in connection.execute(statement)
    }
