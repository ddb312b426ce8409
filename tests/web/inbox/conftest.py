"""A newsroom in which somebody reads."""

from tests.web.changes.conftest import fresh, room

__all__ = ["fresh", "room"]
