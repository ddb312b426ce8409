"""What an author, an agent or an editor writes is never markup on the pages of the office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import escape
from starlette.testclient import TestClient

from kb.audit import record
from kb.people import Role
from tests.kb.figures.happenings import NOON, ask, asked, suspend
from tests.web.access.people import add_person, browser_of, open_state
from tests.web.documents import read_html
from tests.web.hostile import PROCEDURE_ID, attack, hostile_files
from tests.web.site import site_of

EVIL = "\"'><script>x</script><img src=x onerror=x>"
OWN_SCRIPTS = ("/static/appearance.js", "/static/desk/main.js", "/static/reviews/select-all.js")
PRINTED = {
    "/figures": [EVIL, attack("title")],
    "/reviews": [attack("change"), attack("regulation"), attack("title"), attack("owner"), EVIL],
    "/reviews/calendar?month=2026-12": [attack("title"), attack("owner")],
    "/reviews/calendar?month=2026-05": [attack("regulation"), attack("change")],
    "/audit": [EVIL],
    "/audit?action=%22%3E%3Cscript%3Ex": ['"><script>x'],
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("hostile-office")
    site = site_of(folder, hostile_files())
    editor = add_person(site, "evil", Role.EDITOR, Role.COMPLIANCE)
    engine = open_state(site)
    ask(site.settings.data_dir, [asked(n, EVIL, first_hit=PROCEDURE_ID) for n in (1, 2)])
    suspend(engine, EVIL, NOON, None, by=editor)
    with engine.begin() as connection:
        record(connection, editor, EVIL, EVIL, {EVIL: EVIL})
    with browser_of(site, editor) as client:
        page = read_html(client.get("/reviews").text)
        items = [
            box.attributes for box in page.all("input") if box.attributes.get("name") == "item"
        ]
        client.post("/reviews/note", data={"item": items[0]["value"], "note": EVIL})
        yield client


@pytest.mark.parametrize("address", PRINTED)
def test_hostile_words_are_printed_as_text(client: TestClient, address: str) -> None:
    html = client.get(address).text
    document = read_html(html)

    assert {item.attributes["src"] for item in document.all("script")} <= set(OWN_SCRIPTS)
    for element in document.descendants():
        assert element.tag not in ("img", "iframe", "object", "style", "base")
        assert not [name for name in element.attributes if name.startswith("on")]
        for name in ("href", "src", "action", "formaction"):
            target = element.attributes.get(name, "/")
            assert target.startswith(("/", "#")), f"{name}={target}"
            assert not target.startswith("//")
    for text in PRINTED[address]:
        assert str(escape(text)) in html, text
