"""Change sets that lie in no database."""

from __future__ import annotations

from datetime import UTC, datetime

from kb.changes import ChangedFile, ChangeOrigin, ChangeSet, ChangeState

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)


def change_set(files: dict[str, tuple[str | None, str | None]]) -> ChangeSet:
    """Return a draft with these files: path → published text, new text."""
    return ChangeSet(
        id="0" * 32,
        title="改号码",
        origin=ChangeOrigin.EDITOR,
        state=ChangeState.DRAFT,
        reason="",
        is_urgent=False,
        is_must_read=False,
        publish_at=None,
        created_by=None,
        created_at=NOON,
        updated_at=NOON,
        base_commit="",
        digest="",
        submitted_by=None,
        submitted_at=None,
        files=tuple(
            ChangedFile(path, base, content, 1, None, NOON)
            for path, (base, content) in sorted(files.items())
        ),
    )
