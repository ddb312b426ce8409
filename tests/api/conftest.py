"""Clients of a site over the real content and of one over the sample content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.web.site import Site, dated_site, real_site
from web.application import create_application


@pytest.fixture(scope="package")
def real(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site over the content that is shipped."""
    return real_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="package")
def real_client(real: Site) -> Iterator[TestClient]:
    """A client of the site over the content that is shipped."""
    with real.client() as client:
        yield client


@pytest.fixture(scope="package")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site over the sample content, in which a version is scheduled for July."""
    return dated_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="package")
def client(dated: Site) -> Iterator[TestClient]:
    """A client of the site over the sample content."""
    with dated.client() as client:
        yield client


@pytest.fixture(scope="package")
def unbuilt_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a site whose index has not been built."""
    with Site(tmp_path_factory.mktemp("unbuilt")).client() as client:
        yield client


@pytest.fixture(scope="package")
def broken_client(dated: Site) -> Iterator[TestClient]:
    """A client of a site of which the clock fails at every request, as a bug would."""
    is_broken = False

    def clock() -> date:
        if is_broken:
            raise RuntimeError("the clock is broken")
        return dated.today

    application = create_application(dated.settings, clock)
    with TestClient(application, raise_server_exceptions=False) as client:
        is_broken = True
        yield client
