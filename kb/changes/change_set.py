"""A change set: one or more content files on their way to the agents."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kb.people import Role


class ChangeState(StrEnum):
    """How far a change set has come. Superseded and retired are told from what came after."""

    DRAFT = "草稿"
    IN_REVIEW = "审核中"
    APPROVED = "已批准"
    """Waits for its moment, or for the publication that is under way."""
    PUBLISHED = "已发布"
    WITHDRAWN = "已撤回"


class ChangeOrigin(StrEnum):
    """Where a change set comes from."""

    EDITOR = "编辑"
    REPOSITORY = "未审核变更"
    """Found in the repository, beside what is published."""
    QUESTION = "问题"
    IMPORT = "导入"
    RETURN = "恢复旧版"


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One content file of a change set."""

    path: str
    """Below the content folder."""
    base: str | None
    """The published text that was changed; None for a new file."""
    content: str | None
    """None: the file is to be deleted."""
    number: int
    """Counts the saves, from 1."""
    updated_by: str | None
    """Account id; None for what was found in the repository."""
    updated_at: datetime

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what was published; others are in no change set."""
        return self.content != self.base


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What is edited, reviewed and published as one."""

    id: str
    title: str
    origin: ChangeOrigin
    state: ChangeState
    reason: str
    """Why, in the editor's words."""
    is_urgent: bool
    """紧急更正: the same two persons, on one page."""
    is_must_read: bool
    publish_at: datetime | None
    """None: as soon as it is approved."""
    created_by: str | None
    created_at: datetime
    updated_at: datetime
    base_commit: str
    """What was published when it was submitted; empty before."""
    digest: str
    """Of its files when it was submitted (`files_digest`); empty before."""
    submitted_by: str | None
    submitted_at: datetime | None
    files: tuple[ChangedFile, ...]
    """In the order of their paths."""

    @property
    def href(self) -> str:
        """Path of the page where it is dealt with."""
        return f"/changes/{self.id}"

    @property
    def contents(self) -> Mapping[str, bytes | None]:
        """Path → the bytes it is to have; None: deleted."""
        return {
            file.path: None if file.content is None else file.content.encode()
            for file in self.files
        }


@dataclass(frozen=True, slots=True)
class ChangeDetails:
    """What is said about a change set besides its files."""

    title: str
    reason: str = ""
    is_urgent: bool = False
    is_must_read: bool = False
    publish_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Approver:
    """Who approved a change set, and as what."""

    account_id: str
    name: str
    login: str
    as_role: Role
    at: datetime


@dataclass(frozen=True, slots=True)
class ApprovedChange:
    """A change set of which exactly these bytes were approved."""

    change: ChangeSet
    editors: tuple[str, ...]
    """Names with logins of everyone who changed a byte: `林晓（linx）`."""
    approvers: tuple[Approver, ...]

    @property
    def files(self) -> Mapping[str, bytes | None]:
        """Path → new bytes; None: deleted."""
        return self.change.contents


def files_digest(files: Mapping[str, bytes | None]) -> str:
    """Return the sha256 over the sorted (path, sha256) list; a deletion counts as `-`."""
    hasher = hashlib.sha256()
    for path in sorted(files):
        content = files[path]
        line = "-" if content is None else hashlib.sha256(content).hexdigest()
        hasher.update(f"{path}\0{line}\n".encode())
    return hasher.hexdigest()
