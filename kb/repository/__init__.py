"""The content repository: git as the history of what was published."""

from kb.repository.commit import CommitInfo, CommitNote
from kb.repository.hand_changes import HandChange, HandWork
from kb.repository.new_commit import NewCommit
from kb.repository.refs import PUBLISHED
from kb.repository.repository import ContentRepository, is_content_repository
from kb.repository.start import start_repository

__all__ = [
    "PUBLISHED",
    "CommitInfo",
    "CommitNote",
    "ContentRepository",
    "HandChange",
    "HandWork",
    "NewCommit",
    "is_content_repository",
    "start_repository",
]
