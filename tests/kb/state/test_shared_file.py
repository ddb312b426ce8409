"""One SQLite file, several connections of one process, and another process that comes and goes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from kb.settings import Settings
from kb.state import open_database

# Opens, looks, and as the last one would take SQLite's log away when it closes.
_VISITOR = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(connection.execute("SELECT count(*) FROM saved").fetchone()[0])
connection.close()
"""


def rows_seen_elsewhere(path: Path) -> int:
    command = [sys.executable, "-c", _VISITOR, str(path)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_what_was_committed_stays_though_others_open_and_close_the_file(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    engine = open_database(settings)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE saved (number INTEGER)"))
    with engine.connect() as held:
        held.execute(text("INSERT INTO saved VALUES (1)"))
        held.commit()
        # A second connection of this process, as another thread opens it.
        with engine.connect() as other:
            other.execute(text("SELECT 1"))
        assert rows_seen_elsewhere(settings.database_file) == 1
        held.execute(text("INSERT INTO saved VALUES (2)"))
        held.commit()
        assert rows_seen_elsewhere(settings.database_file) == 2
