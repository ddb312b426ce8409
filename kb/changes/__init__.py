"""Changes to the content: drafts, their reviews, and what exactly was approved."""

from kb.changes.change_set import (
    ApprovedChange,
    Approver,
    ChangedFile,
    ChangeOrigin,
    ChangeSet,
    ChangeState,
    files_digest,
)

__all__ = [
    "ApprovedChange",
    "Approver",
    "ChangeOrigin",
    "ChangeSet",
    "ChangeState",
    "ChangedFile",
    "files_digest",
]
