"""Over the content that is shipped: no link is broken, and no place is lost."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from tests.web.crawling import VisitedPage, missing_fragments
from tests.web.documents import ids
from tests.web.site import Site

Pages = dict[str, VisitedPage]


def test_every_link_of_every_page_leads_to_a_page(pages: Pages) -> None:
    assert {page.address: page.status for page in pages.values() if page.status != 200} == {}


def test_every_procedure_and_every_regulation_is_reached(real: Site, pages: Pages) -> None:
    view = real.view()
    expected = {f"/procedures/{card.id}" for card in view.cards_today()}
    expected |= {f"/regulations/{quote(short)}" for short in view.reference.register}

    assert len(expected) > 40
    assert expected <= set(pages)


def test_every_fragment_of_a_link_is_an_id_of_its_page(pages: Pages) -> None:
    # A folded row has no id, but its page is linked to without answers.
    assert missing_fragments(pages) == []


def test_an_id_stands_once_on_a_page(pages: Pages) -> None:
    for page in pages.values():
        repeated = [name for name, count in Counter(ids(page.document)).items() if count > 1]
        assert repeated == [], page.address


def test_an_id_has_no_white_space(pages: Pages) -> None:
    for page in pages.values():
        assert [name for name in ids(page.document) if name.split() != [name]] == []


def test_a_regulation_page_lists_every_place_that_cites_it(real: Site, pages: Pages) -> None:
    view = real.view()
    cited = 0
    for short in view.reference.register:
        document = pages[f"/regulations/{quote(short)}"].document
        listed = [
            (item.attributes["href"].removeprefix("/procedures/").partition("#")[0], item.text())
            for places in document.all("ul", "places")
            for item in places.all("a")
        ]
        expected = [(found.card.id, found.card.title) for found in view.citing_places(short)]
        assert sorted(listed) == sorted(expected), short
        cited += len(expected)
    assert cited > 100


def test_the_register_counts_the_places(real: Site, pages: Pages) -> None:
    view = real.view()
    rows = pages["/regulations"].document.one("tbody").all("tr")

    counts = {row.all("td")[0].text(): row.all("td")[-1].text() for row in rows}
    for short in view.reference.register:
        places = view.citing_places(short)
        procedures = {found.card.id for found in places}
        assert counts[short] == f"{len(procedures)} 份 {len(places)} 处"


def test_every_citation_of_a_procedure_explains_itself(pages: Pages) -> None:
    for page in pages.values():
        for item in page.document.all("a", "cite"):
            assert item.attributes["title"], f"{page.address}: {item.text()}"
