"""Sites and clients that the tests of the pages and of the API each make for themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.web.site import Site, dated_site, real_site


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
