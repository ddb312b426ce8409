"""The OpenAPI document: served, well formed, and every parameter explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.endpoints import BASE, DOCUMENT, Parameter, operations, parameters


def references(value: Any) -> Iterator[str]:
    """Yield the target of every `$ref` in a JSON value."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def resolved(document: dict[str, Any], reference: str) -> Any:
    value: Any = document
    for name in reference.removeprefix("#/").split("/"):
        value = value[name]
    return value


def test_the_document_is_served_below_the_mount(client: TestClient) -> None:
    answer = client.get(f"{BASE}/openapi.json")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["openapi"].startswith("3.")
    assert [server["url"] for server in answer.json()["servers"]] == [BASE]
    assert answer.json()["paths"] == DOCUMENT["paths"]


def test_the_document_is_served_before_there_is_an_index(unbuilt_client: TestClient) -> None:
    assert unbuilt_client.get(f"{BASE}/openapi.json").status_code == 200


def test_the_document_names_the_interface() -> None:
    assert DOCUMENT["info"]["title"] == "保险客服知识库"
    assert DOCUMENT["info"]["version"] == "1"


def test_every_reference_in_the_document_leads_somewhere() -> None:
    found = set(references(DOCUMENT))

    assert found
    assert all(isinstance(resolved(DOCUMENT, item), dict) for item in found)


def test_every_operation_has_a_summary_an_id_and_described_responses() -> None:
    ids = [operation["operationId"] for _, _, operation in operations()]

    assert len(ids) == len(set(ids))
    for path, method, operation in operations():
        assert operation["summary"], path
        assert {"200", "201"} & set(operation["responses"]), path
        for status, response in operation["responses"].items():
            assert re.fullmatch(r"[1-5]\d\d", status), path
            assert response["description"], (path, method, status)
            assert response["content"]["application/json"]["schema"], (path, method, status)


def test_path_parameters_are_those_of_the_path() -> None:
    for path, _, operation in operations():
        declared = {
            item["name"] for item in operation.get("parameters", ()) if item["in"] == "path"
        }
        assert declared == set(re.findall(r"{(\w+)}", path))


@pytest.mark.parametrize("parameter", parameters(), ids=lambda item: f"{item.path} {item.name}")
def test_every_parameter_is_well_formed_and_explained(parameter: Parameter) -> None:
    declared = parameter.declared

    assert declared["in"] in ("path", "query")
    assert declared["required"] is (declared["in"] == "path" or parameter.name == "q")
    assert declared["schema"]
    assert declared.get("description"), "no description"


@pytest.mark.parametrize("parameter", parameters(), ids=lambda item: f"{item.path} {item.name}")
def test_every_parameter_has_an_example_or_a_default(parameter: Parameter) -> None:
    schema = parameter.declared["schema"]

    assert schema.get("examples") or "default" in schema, "neither example nor default"


def test_the_interface_loads_no_interactive_page(client: TestClient) -> None:
    # They would fetch scripts from a third party.
    for path in ("docs", "redoc"):
        assert client.get(f"{BASE}/{path}").status_code == 404
        assert client.get(f"/{path}").status_code == 404
