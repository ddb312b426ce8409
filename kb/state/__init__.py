"""The database: what people did, never the published content.

Importing this package loads SQLAlchemy (14 MB); only what reads or writes the database does.
"""

from kb.state.database import (
    make_missing_table,
    open_database,
    reported_failures,
    upgrade_database,
)
from kb.state.tables import feedback, search_events

__all__ = [
    "feedback",
    "make_missing_table",
    "open_database",
    "reported_failures",
    "search_events",
    "upgrade_database",
]
