"""The health page names every broken file and says what is shown in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.content_samples import LINKED_PATH, SAMPLE, SAMPLE_PATH, changed
from tests.web.documents import Element, read_html
from tests.web.site import Site, dated_files, site_of

NEW_PATH = "procedures/保全/brand-new.md"


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that was good, and then one file broke and a broken one came along."""
    site = site_of(tmp_path_factory.mktemp("broken"), dated_files())
    site.write(
        {
            SAMPLE_PATH: changed("## 升级与转办", "## 升级和转办").encode(),
            NEW_PATH: b"\xff\xfe",
        }
    )
    site.build()
    return site


def health(client: TestClient) -> Element:
    answer = client.get("/health")
    assert answer.status_code == 200
    return read_html(answer.text)


def rows(document: Element) -> list[list[str]]:
    return [[cell.text() for cell in row.all("td")] for row in document.one("tbody").all("tr")]


def test_all_is_well_when_every_file_is_served(client: TestClient) -> None:
    document = health(client)

    assert "一切正常" in document.one("p", "lead").text()
    facts = {
        item.one("dt").text(): item.one("dd").text()
        for item in document.one("dl", "facts").all("div")
    }
    assert facts["今天"] == "2026-06-01（周一）"
    assert (facts["今天有效的规程"], facts["全部版本"]) == ("2", "3")
    assert facts["索引"] == client.get("/api/v1/health").json()["generation"]
    assert document.all("table") == []


def test_broken_files_are_listed_with_line_reason_mending_and_what_is_shown(broken: Site) -> None:
    with broken.client() as client:
        listed = rows(health(client))

    places = {row[0]: (row[1], row[4]) for row in listed}
    line = SAMPLE[: SAMPLE.index("## 升级与转办")].count("\n") + 1
    assert places == {SAMPLE_PATH: (str(line), "上一个可用版本"), NEW_PATH: ("1", "不显示")}
    assert all(row[2] and row[3] for row in listed)
    reason = next(row for row in listed if row[0] == SAMPLE_PATH)
    assert "没有“升级和转办”这一节" in reason[2]
    assert "升级与转办" in reason[3]


def test_the_page_counts_the_faults_and_the_api_says_the_same(broken: Site) -> None:
    with broken.client() as client:
        lead = health(client).one("p", "lead").text()
        body = client.get("/api/v1/health").json()

    assert lead.startswith(f"有 {len(body['faults'])} 处错误")
    assert (body["status"], body["kept"]) == ("degraded", [SAMPLE_PATH])
    assert {fault["file"] for fault in body["faults"]} == {SAMPLE_PATH, NEW_PATH}


def test_what_is_shown_instead_is_really_shown(broken: Site) -> None:
    with broken.client() as client:
        assert "升级与转办" in client.get("/procedures/contact-change").text
        assert client.get("/procedures/address-change").status_code == 200
        assert client.get("/procedures/brand-new").status_code == 404


def test_a_mended_file_leaves_the_list(tmp_path: Path) -> None:
    site = site_of(tmp_path, {**dated_files(), LINKED_PATH: "没有文件头\n".encode()})
    with site.client() as client:
        assert [row[0] for row in rows(health(client))] == [LINKED_PATH]
    site.write(dated_files())
    site.build()
    with site.client() as client:
        assert "一切正常" in health(client).text()
        assert client.get("/procedures/address-change").status_code == 200


def test_a_broken_register_is_listed_and_does_not_stop_the_pages(tmp_path: Path) -> None:
    site = site_of(tmp_path, {**dated_files(), "regulations.yaml": "示例法: [没有\n".encode()})
    with site.client() as client:
        assert {row[0] for row in rows(health(client))} == {"regulations.yaml"}
        for address in ("/", "/regulations", "/procedures/contact-change", "/?q=换号码"):
            assert client.get(address).status_code == 200


def test_a_register_that_breaks_keeps_its_last_readable_version(tmp_path: Path) -> None:
    # Otherwise every citation on every page leads nowhere because of one missing bracket.
    site = site_of(tmp_path, dated_files())
    site.write({"regulations.yaml": "示例法: [没有\n".encode()})
    site.build()
    with site.client() as client:
        assert [row[4] for row in rows(health(client))] == ["上一个可用版本"]
        assert client.get("/regulations/示例法").status_code == 200


def test_the_later_version_of_a_broken_file_is_untouched(broken: Site) -> None:
    with broken.client() as client:
        body = client.get("/api/v1/procedures/contact-change?on=2026-07-01").json()

    assert body["title"] == "变更联系电话新规"
