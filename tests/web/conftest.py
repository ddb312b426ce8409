"""Clients of a site over the real content and of one over the sample content."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.web.clients import client, dated, real, real_client
from tests.web.crawling import VisitedPage, crawl

__all__ = ["client", "dated", "pages", "real", "real_client"]


@pytest.fixture(scope="package")
def pages(real_client: TestClient) -> dict[str, VisitedPage]:
    """Every page of the site over the content that is shipped, by address."""
    return crawl(real_client)
