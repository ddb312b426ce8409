"""The database: what people did, never the published content.

Tables lie in `kb.state.tables`. Importing this package loads SQLAlchemy (14 MB); only what reads
or writes the database does.
"""

from kb.state.database import (
    make_missing_table,
    open_database,
    reading,
    reported_failures,
    upgrade_database,
)

__all__ = [
    "make_missing_table",
    "open_database",
    "reading",
    "reported_failures",
    "upgrade_database",
]
