"""One error shape, whatever is wrong and wherever."""

from __future__ import annotations

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.errors import ErrorBody
from tests.api.endpoints import BASE, GOOD, ROUTES, parameters, with_value

# What is refused, by the name of the parameter; an endpoint that has it must refuse it.
WRONG = {
    "q": ["", "%20%20", "保" * 201],
    "limit": ["0", "-1", "51", "1.5", "十", ""],
    "on": ["2026-13-01", "2026-02-30", "01.06.2026", "today"],
    "event": ["2026-13-01", "2026-02-30", "01.06.2026", "today"],
    "region": ["外星", "广东 深圳"],
    "set": ["办理人", "=代办", "", "来电人=路人", "地区=外星", "核身=也许"],
}
UNKNOWN = {
    "procedure_id": ["no-such-procedure", "contact-changes", "%3Cb%3E", "%00", "变更"],
    "short": ["没有的法", "保险", "%3Cb%3E"],
}
# Completions come while a person types: nothing typed, or too much, has none.
EXEMPT = {("/suggest", "q")}


WRONG_VALUES = [
    (item.path, item.name, value)
    for item in parameters()
    if (item.path, item.name) not in EXEMPT
    for value in WRONG.get(item.name, ())
]
UNKNOWN_NAMES = [
    (item.path, item.name, value) for item in parameters() for value in UNKNOWN.get(item.name, ())
]


def error_of(answer: Response, status: int, code: str) -> str:
    """Check the one shape and return the message."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert ErrorBody.model_validate(body).model_dump(mode="json") == body
    assert body["error"]["code"] == code
    assert body["error"]["message"].endswith(("。", "？"))
    return str(body["error"]["message"])


def test_every_parameter_has_wrong_values_in_these_tests() -> None:
    assert {item.name for item in parameters() if item.path in GOOD} == {*WRONG, *UNKNOWN}


@pytest.mark.parametrize(("path", "name", "value"), WRONG_VALUES)
def test_a_wrong_value_is_a_422_in_the_one_shape(
    client: TestClient, path: str, name: str, value: str
) -> None:
    answer = client.get(with_value(path, name, value))

    code = "call-context-invalid" if name in ("region", "set") else "query-invalid"
    error_of(answer, 422, code)


@pytest.mark.parametrize("path", ["/search", "/suggest"])
def test_a_missing_query_is_a_422_that_names_it(client: TestClient, path: str) -> None:
    assert "q" in error_of(client.get(BASE + path), 422, "query-invalid")


@pytest.mark.parametrize(("path", "name", "value"), UNKNOWN_NAMES)
def test_an_unknown_name_is_a_404_in_the_one_shape(
    client: TestClient, path: str, name: str, value: str
) -> None:
    answer = client.get(BASE + path.replace(f"{{{name}}}", value))

    noun = "procedure" if name == "procedure_id" else "regulation"
    error_of(answer, 404, f"{noun}-not-found")


def test_an_unknown_procedure_names_the_nearest(client: TestClient) -> None:
    answer = client.get(f"{BASE}/procedures/contact-changes")

    assert "contact-change" in error_of(answer, 404, "procedure-not-found").split("是不是")[1]


def test_a_procedure_without_a_version_on_the_day_is_a_404_that_names_the_days(
    client: TestClient,
) -> None:
    answer = client.get(f"{BASE}/procedures/contact-change?on=2025-12-31")

    message = error_of(answer, 404, "procedure-not-in-force")
    assert "2026-01-01、2026-07-01" in message


@pytest.mark.parametrize("address", ["", "/", "/nope", "/search/nope", "/health/nope", "/a/b/c"])
def test_an_unknown_address_is_a_404_in_the_one_shape(client: TestClient, address: str) -> None:
    error_of(client.get(BASE + address), 404, "http-404")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ROUTES)
def test_a_wrong_method_is_a_405_in_the_one_shape(
    client: TestClient, path: str, method: str
) -> None:
    error_of(client.request(method, BASE + GOOD[path]), 405, "http-405")


def test_a_wrong_method_is_told_which_are_right(client: TestClient) -> None:
    # RFC 9110 §15.5.6: a 405 must carry Allow.
    assert client.post(f"{BASE}/search").headers["allow"] == "GET"


@pytest.mark.parametrize("path", ROUTES)
def test_every_endpoint_is_a_503_with_retry_after_before_an_index_exists(
    unbuilt_client: TestClient, path: str
) -> None:
    answer = unbuilt_client.get(BASE + GOOD[path])

    error_of(answer, 503, "index-unavailable")
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("path", ROUTES)
def test_an_unexpected_error_is_a_500_in_the_one_shape(
    broken_client: TestClient, path: str
) -> None:
    message = error_of(broken_client.get(BASE + GOOD[path]), 500, "error")

    assert "clock" not in message


@pytest.mark.parametrize("day", ["0001-01-01", "1970-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["on", "event"])
@pytest.mark.parametrize("path", ["/search", "/procedures/{procedure_id}"])
def test_the_ends_of_the_calendar_are_no_unexpected_error(
    client: TestClient, path: str, name: str, day: str
) -> None:
    assert client.get(with_value(path, name, day)).status_code in (200, 404, 422)


@pytest.mark.parametrize("text", ["20260601", "2026-W23-1", "0", "86400", "2026-06-01T00:00:00"])
def test_a_day_is_read_alike_by_the_api_and_by_the_pages(client: TestClient, text: str) -> None:
    statuses = {
        client.get(f"{start}?q=换号码&on={text}").status_code for start in ("/", f"{BASE}/search")
    }

    assert len(statuses) == 1, statuses
