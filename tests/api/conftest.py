"""Clients of a site over the real content and of one over the sample content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from starlette.testclient import TestClient

from tests.web.clients import client, dated, real, real_client
from tests.web.site import Site, local_client
from web.application import create_application

__all__ = ["broken_client", "client", "dated", "real", "real_client", "unbuilt_client"]


@pytest.fixture(scope="package")
def unbuilt_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a site whose index has not been built."""
    with Site(tmp_path_factory.mktemp("unbuilt")).client() as client:
        yield client


@pytest.fixture(scope="package")
def broken_client(dated: Site) -> Iterator[TestClient]:
    """A client of a site of which the clock fails at every request, as a bug would."""
    is_broken = False

    def clock() -> datetime:
        if is_broken:
            raise RuntimeError("the clock is broken")
        return dated.now()

    application = create_application(dated.settings, clock)
    with local_client(application) as client:
        is_broken = True
        yield client
