"""Which queries are asked before and after a change: what the floor asks, and what it is taught."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from kb.state.tables import search_events

_DAYS = 90
_MAX_QUERIES = 300


def most_asked_queries(connection: Connection, now: datetime) -> list[str]:
    """Return the queries that were answered most often in the 90 days before `now`.

    300 at most; most often asked first, then by their words.
    """
    columns = search_events.c
    statement = (
        select(columns.query)
        .where(columns.answered, columns.at >= now - timedelta(days=_DAYS))
        .group_by(columns.query)
        .order_by(func.count().desc(), columns.query)
        .limit(_MAX_QUERIES)
    )
    return list(connection.scalars(statement))
