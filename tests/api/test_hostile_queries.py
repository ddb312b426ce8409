"""Whatever is asked is answered or refused, never an error of the server."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.api.endpoints import BASE
from tests.hostile_queries import HOSTILE_QUERIES


@pytest.mark.parametrize("query", HOSTILE_QUERIES.values(), ids=HOSTILE_QUERIES)
@pytest.mark.parametrize("path", [f"{BASE}/search", f"{BASE}/suggest", "/", "/?fragment=1"])
def test_a_hostile_query_is_answered_or_refused(
    real_client: TestClient, path: str, query: str
) -> None:
    answer = real_client.get(path, params={"q": query})
    assert answer.status_code in (200, 422)
    assert answer.text


@pytest.mark.parametrize("query", HOSTILE_QUERIES.values(), ids=HOSTILE_QUERIES)
def test_a_hostile_call_points_somewhere_or_nowhere(real_client: TestClient, query: str) -> None:
    utterances = [{"speaker": "customer", "text": query}] * 8
    answer = real_client.post(f"{BASE}/suggest-from-transcript", json={"utterances": utterances})
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize("raw", ["%ff%fe", "%00", "%", "%zz", "a%0d%0aSet-Cookie:x"])
def test_a_broken_address_is_answered_or_refused(real_client: TestClient, raw: str) -> None:
    for path in (f"{BASE}/search?q={raw}", f"{BASE}/suggest?q={raw}", f"/?q={raw}"):
        answer = real_client.get(path)
        assert answer.status_code in (200, 422)
        assert "set-cookie" not in answer.headers
