"""A newsroom in which somebody stops something."""

from tests.web.changes.conftest import fresh, room

__all__ = ["fresh", "room"]
