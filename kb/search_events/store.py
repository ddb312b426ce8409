"""Search events in the database."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Executable, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from kb.privacy import mask_stored_text
from kb.search_events.event import HitOpening, SearchEvent
from kb.settings import Settings
from kb.state import make_missing_table, open_database, reported_failures
from kb.state.tables import search_events

# The two share the statement, not the function that makes it.
_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
# Not the id: its random digits might look like a number of somebody's.
_TEXTS = ("query", "region", "first_hit", "opened")


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
        # In one order everywhere: two processes that write each other's rows would wait forever.
        events.sort(key=itemgetter("id"))
        openings = [_opening_row(entry) for entry in entries if isinstance(entry, HitOpening)]
        has_table, self._has_table = self._has_table, False
        if not has_table:
            make_missing_table(self._engine, search_events)
        with reported_failures(), self._engine.begin() as connection:
            if events:
                connection.execute(self._upsert, events)
            if openings:
                connection.execute(self._complete, openings)
        self._has_table = True


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
    return row | {name: mask_stored_text(row[name]) for name in _TEXTS}


def _opening_row(opening: HitOpening) -> dict[str, Any]:
    procedure_id = mask_stored_text(opening.procedure_id)
    return {"search_id": opening.search_id, "procedure_id": procedure_id}
