"""What is written is served by a running application without a restart."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.content_samples import LINKED, LINKED_PATH, changed
from tests.web.site import Site, dated_files, site_of

_LONGEST_WAIT_SECONDS = 15.0
NEW = changed("title: 变更联系地址", "title: 搬家登记", LINKED).encode()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return site_of(tmp_path, dated_files())


def is_reached(condition: Callable[[], bool]) -> bool:
    """Return whether `condition` becomes true in a long time."""
    deadline = time.monotonic() + _LONGEST_WAIT_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def title(client: TestClient) -> str:
    return str(client.get("/api/v1/procedures/address-change").json()["title"])


def test_an_edit_is_served_once_it_is_indexed(site: Site) -> None:
    with site.client() as client:
        assert title(client) == "变更联系地址"
        site.write({LINKED_PATH: NEW})
        site.build()

        assert is_reached(lambda: title(client) == "搬家登记")
        assert "搬家登记" in client.get("/procedures").text
        assert client.get("/api/v1/search?q=搬家登记").json()["answered"]
        assert client.get("/api/v1/suggest?q=搬家登").json()["suggestions"]


def test_a_deleted_file_is_gone_once_it_is_indexed(site: Site) -> None:
    with site.client() as client:
        (site.content / LINKED_PATH).unlink()
        site.build()

        address = "/procedures/address-change"
        assert is_reached(lambda: client.get(address).status_code == 404)
        assert "变更联系地址" not in client.get("/procedures").text


def test_the_first_index_is_served_once_it_is_built(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.lay_dictionary()
    site.write(dated_files())
    with site.client() as client:
        assert client.get("/").status_code == 503
        site.build()

        assert is_reached(lambda: client.get("/").status_code == 200)


def test_the_index_in_use_answers_on_while_its_folder_is_gone(site: Site) -> None:
    with site.client() as client:
        client.get("/procedures/contact-change")
        shutil.rmtree(site.settings.index_dir)

        for address in ("/?q=换号码", "/procedures/address-change", "/health", "/regulations"):
            assert client.get(address).status_code == 200


def test_an_index_that_is_built_anew_after_its_folder_was_deleted_is_served(site: Site) -> None:
    # Numbers start again, so that another index may bear the name of the one in use.
    with site.client() as client:
        assert title(client) == "变更联系地址"
        shutil.rmtree(site.settings.index_dir)
        site.lay_dictionary()
        site.write({LINKED_PATH: NEW})
        site.build()

        assert is_reached(lambda: title(client) == "搬家登记")
