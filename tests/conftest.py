"""Fixtures for every test that needs a database."""

from tests.kb.state.databases import (
    database,
    empty_database,
    engine,
    postgres_server,
)

__all__ = ["database", "empty_database", "engine", "postgres_server"]
