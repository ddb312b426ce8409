"""A newsroom in which somebody looks back."""

from tests.web.changes.conftest import fresh, room

__all__ = ["fresh", "room"]
