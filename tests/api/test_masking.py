"""What identifies a person does not come back, whatever was asked."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from kb.privacy import find_identifiers
from tests.api.endpoints import BASE

# None of these belongs to a person: the check digits are right, the numbers are invented.
IDENTIFIERS = (
    "13800138000",
    "138 0013 8000",
    "１３８００１３８０００",
    "11010519491231002X",
    "6222021234567890128",
    "010-12345678",
    "保单号 P2023000012345678",
    "粤B12345",
)


@pytest.mark.parametrize("identifier", IDENTIFIERS)
@pytest.mark.parametrize("path", ["/search", "/suggest"])
def test_an_identifier_never_comes_back(client: TestClient, path: str, identifier: str) -> None:
    assert find_identifiers(identifier), "the example is not an identifier"
    number = identifier.split()[-1] if "保单号" in identifier else identifier

    for text in (identifier, f"我的号码是{identifier}换号码", f"换号码 {identifier}"):
        answer = client.get(BASE + path, params={"q": text})
        assert answer.status_code == 200
        assert number not in answer.text
        assert number.lower() not in answer.text


@pytest.mark.parametrize("identifier", IDENTIFIERS)
def test_an_identifier_in_a_refused_query_never_comes_back(
    client: TestClient, identifier: str
) -> None:
    answer = client.get(f"{BASE}/search", params={"q": identifier + "号" * 200})

    assert answer.status_code == 422
    assert identifier not in answer.text


def test_a_masked_query_says_what_was_masked(client: TestClient) -> None:
    body = client.get(f"{BASE}/search", params={"q": "换号码13800138000"}).json()

    assert body["query"] == "换号码〈手机号〉"
