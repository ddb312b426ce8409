"""What the server process of these tests runs: the application on a fixed day."""

from __future__ import annotations

from starlette.types import ASGIApp

from tests.clocks import instant
from tests.web.site import TODAY
from web.application import create_application


def create() -> ASGIApp:
    """Return the application with the settings of the environment, on the day of the tests."""
    return create_application(clock=lambda: instant(TODAY))
