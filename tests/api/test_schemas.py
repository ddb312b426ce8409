"""Bodies are built by hand for speed; here they are held against the declared shapes."""

from __future__ import annotations

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from api.errors import ErrorBody
from tests.api.endpoints import BASE, DOCUMENT, GOOD, OWN, ROUTES, STREAMS
from tests.web.site import Site

MORE = (
    ("/search", "/search?q=换号码&limit=1&on=2026-07-01&region=深圳"),
    ("/search", "/search?q=火星探测器发射"),
    ("/search", "/search?q=？？"),
    ("/suggest", "/suggest?q="),
    ("/suggest", "/suggest?q=bglxdh&limit=20"),
    ("/procedures/{procedure_id}", "/procedures/address-change?on=2026-07-01"),
    (
        "/procedures/{procedure_id}",
        "/procedures/contact-change?set=办理人=代办&set=核身=已核&set=地区=深圳&event=2026-09-30",
    ),
    ("/regulations/{short}", "/regulations/示例标准"),
    ("/regulations/{short}", "/regulations/旧示例法"),
)


def model_of(path: str) -> type[BaseModel]:
    model = ROUTES[path].response_model
    assert isinstance(model, type)
    assert issubclass(model, BaseModel), f"{path} declares no schema"
    return model


def test_every_endpoint_has_a_good_request_in_these_tests() -> None:
    read = {path for path, methods in DOCUMENT["paths"].items() if "get" in methods}
    assert set(GOOD) == set(ROUTES) == read - OWN - STREAMS


def test_every_endpoint_declares_a_schema() -> None:
    assert {path for path in ROUTES if model_of(path) is None} == set()


@pytest.mark.parametrize(("path", "address"), [*GOOD.items(), *MORE])
def test_a_body_has_exactly_the_declared_shape(client: TestClient, path: str, address: str) -> None:
    answer = client.get(BASE + address)

    assert answer.status_code == 200, answer.text
    # Reading drops undeclared keys, so that writing again shows whether there were any.
    assert model_of(path).model_validate(answer.json()).model_dump(mode="json") == answer.json()


def test_bodies_over_the_real_content_have_the_declared_shape(
    real: Site, real_client: TestClient
) -> None:
    addresses = {
        f"{BASE}/procedures/{card.id}": "/procedures/{procedure_id}"
        for card in real.view().cards_today()
    } | {
        f"{BASE}/search?q={text}": "/search" for text in ("退保要什么材料", "断保", "tuibao", "xzl")
    }
    for address, path in addresses.items():
        body = real_client.get(address).json()
        assert model_of(path).model_validate(body).model_dump(mode="json") == body, address


def test_a_block_of_a_step_has_the_shape_of_a_row(client: TestClient) -> None:
    row = {"address", "state", "condition", "text", "citations", "hash"}
    steps = client.get(f"{BASE}/procedures/contact-change").json()["steps"]

    assert [set(block) for step in steps for block in step["blocks"]] == [{"kind", *row}] * 9


def test_errors_are_declared_with_the_one_shape() -> None:
    for methods in DOCUMENT["paths"].values():
        for operation in methods.values():
            for status in ("404", "422", "503"):
                schema = operation["responses"][status]["content"]["application/json"]["schema"]
                assert schema == {"$ref": f"#/components/schemas/{ErrorBody.__name__}"}
