"""What follows from a publication that took place, in the transaction that records it."""

from __future__ import annotations

import logging

from sqlalchemy import Connection, select

from kb.audit import record
from kb.changes import mark_published
from kb.errors import EditConflict
from kb.notifications import notify
from kb.people import Person
from kb.publishing.publication import Publication
from kb.state.tables import change_editors, change_sets

_LOG = logging.getLogger(__name__)


def conclude(connection: Connection, publication: Publication, by: Person | None) -> None:
    """Close the change set, tell who worked on it, and audit the publication."""
    details = {"commit": publication.commit, "title": publication.title}
    if change_set_id := publication.change_set_id:
        details["change"] = change_set_id
        try:
            mark_published(connection, change_set_id, by)
        except EditConflict:
            # Edited between approval and commit point: the edit stays a draft beside what was
            # approved and published.
            _LOG.warning("change set %s was edited while it was published", change_set_id)
        readers = concerned(connection, change_set_id) - {by.id if by else ""}
        notify(connection, readers, f"“{publication.title}”已发布", f"/changes/{change_set_id}")
    record(connection, by, "publication.published", str(publication.number), details)


def concerned(connection: Connection, change_set_id: str) -> set[str]:
    """Return the accounts that edited or submitted a change set."""
    edited = select(change_editors.c.account_id).filter_by(change_set_id=change_set_id)
    submitted = select(change_sets.c.submitted_by).filter_by(id=change_set_id)
    found = {*connection.scalars(edited), *connection.scalars(submitted)}
    return {account_id for account_id in found if account_id}
