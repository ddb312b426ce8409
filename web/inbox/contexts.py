"""What the pages of what waits to be read show; see `web.contexts`."""

from __future__ import annotations

from dataclasses import dataclass

from kb.notifications import Notification
from kb.publishing import Publication
from kb.publishing.must_read import TeamReading
from web.changes.side_by_side import ComparedFile
from web.contexts import Shell


@dataclass(frozen=True, slots=True)
class NotificationsPage:
    """What one was told, newest first."""

    shell: Shell
    notifications: tuple[Notification, ...]


@dataclass(frozen=True, slots=True)
class MustReadItem:
    """A publication that has to be read, with what it changed."""

    publication: Publication
    reason: str
    """Why, in the editor's words."""
    files: tuple[ComparedFile, ...]


@dataclass(frozen=True, slots=True)
class MustReadPage:
    """What one still has to read."""

    shell: Shell
    items: tuple[MustReadItem, ...]
    latest: tuple[Publication, ...]
    """All that is 必读, for those who look after teams."""


@dataclass(frozen=True, slots=True)
class ReadersPage:
    """Who has read a publication, by team."""

    shell: Shell
    publication: Publication
    teams: tuple[TeamReading, ...]
