"""Search events in the database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Executable, bindparam, inspect, update
from sqlalchemy.dialects import postgresql, sqlite

from kb.privacy import mask_identifiers
from kb.search_events.event import HitOpening, SearchEvent
from kb.settings import Settings
from kb.state import open_database, reported_failures, search_events, upgrade_database

# The two share the statement, not the function that makes it.
_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
# Not the id: its random digits might look like a number of somebody's.
_TEXTS = ("query", "region", "first_hit", "opened")
_LONG_NUMBER = re.compile(r"[a-z]{0,4}[0-9](?:[\s/_,，.\u200b-]?[0-9]){5,}", re.IGNORECASE)
"""Six digits and more, however they are set apart: no question needs them."""


class SearchEventStore:
    """Writes events; the table is made when it is missing."""

    def __init__(self, settings: Settings) -> None:
        """Write into the database of `settings`. Raises SettingInvalid."""
        self._engine = open_database(settings)
        self._upsert = _upsert_statement(self._engine.dialect.name)
        self._complete = _complete_statement()
        self._has_table = False

    def write(self, entries: Sequence[SearchEvent | HitOpening]) -> None:
        """Store events and openings in one transaction. Raises DatabaseUnavailable.

        Of the events with one id the latest stays, whichever process writes it, and whenever.
        An opening of an event that is not stored is left out.
        """
        events = [_event_row(entry) for entry in entries if isinstance(entry, SearchEvent)]
        openings = [_opening_row(entry) for entry in entries if isinstance(entry, HitOpening)]
        has_table, self._has_table = self._has_table, False
        if not has_table:
            self._make_table()
        with reported_failures(), self._engine.begin() as connection:
            if events:
                connection.execute(self._upsert, events)
            if openings:
                connection.execute(self._complete, openings)
        self._has_table = True

    def _make_table(self) -> None:
        """Run the migrations if nobody has: the file may have been deleted meanwhile."""
        with reported_failures(), self._engine.connect() as connection:
            is_there = inspect(connection).has_table(search_events.name)
        if not is_there:
            upgrade_database(self._engine)


def _upsert_statement(dialect: str) -> Executable:
    insert: Any = _INSERTS[dialect](search_events)
    new = insert.excluded
    statement: Executable = insert.on_conflict_do_update(
        index_elements=[search_events.c.id],
        set_={column.name: new[column.name] for column in search_events.c},
        where=new.at >= search_events.c.at,
    )
    return statement


def _complete_statement() -> Executable:
    statement = update(search_events).where(search_events.c.id == bindparam("search_id"))
    return statement.values(opened=bindparam("procedure_id"))


def _event_row(event: SearchEvent) -> dict[str, Any]:
    # `asdict` would copy every value deeply: most of the time of a batch.
    row = {column.name: getattr(event, column.name) for column in search_events.c}
    return row | {name: _clean(row[name]) for name in _TEXTS}


def _opening_row(opening: HitOpening) -> dict[str, Any]:
    return {"search_id": opening.search_id, "procedure_id": _clean(opening.procedure_id)}


def _clean(text: str) -> str:
    """Return `text` masked once more, whatever its sender did, and without any long number.

    PostgreSQL stores no NUL.
    """
    return _LONG_NUMBER.sub("〈号码〉", mask_identifiers(text)).replace("\0", "")
