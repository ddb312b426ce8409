"""The card of a version, and back from the index."""

from __future__ import annotations

import pickle

from kb.content import block_hash, part_at
from kb.indexing.card import (
    CitedPlace,
    cited_places,
    make_card,
    read_card,
    read_citations,
    stored_card,
    stored_citations,
)
from tests.content_samples import SAMPLE, SAMPLE_PATH, procedure_in

CARD = make_card(procedure_in(SAMPLE))
PLACES = cited_places(procedure_in(SAMPLE))


def test_a_card_holds_the_header_the_path_and_the_revision() -> None:
    procedure = procedure_in(SAMPLE)
    for name in ("id", "title", "category", "summary", "owner", "says", "keywords", "related"):
        assert getattr(CARD, name) == getattr(procedure, name)
    assert (CARD.path, CARD.revision) == (SAMPLE_PATH, procedure.revision)
    assert CARD.regions == procedure.scope.regions


def place(law: str, article: str, address: str, text: str, label: str) -> CitedPlace:
    """Return the place with the hash of the part at its address."""
    part = part_at(procedure_in(SAMPLE), address)
    assert part is not None
    return CitedPlace(law, article, address, text, label, block_hash(part))


def test_every_place_that_cites_has_its_sentence_its_name_and_its_hash() -> None:
    proxy = "委托书写明代办事项"
    assert place("示例法", "6", "verify/必核/1", "姓名和证件号码", "步骤1·必核") in PLACES
    assert place("示例法", "16", "proxy/必说/1", proxy, "步骤3·必说") in PLACES
    assert place("示例法", "16", "所需材料/授权委托书", "授权委托书：写明事项", "材料") in PLACES
    assert place("示例法", "6", "no-read-out", "只核对，不代报", "合规·必须") in PLACES
    assert place("示例法", "16", "own-number", "不能。", "追问") in PLACES


def test_a_deadline_that_cites_is_named_where_it_has_no_sentence() -> None:
    assert place("示例法", "6", "时效/告知结果", "告知结果", "时效") in PLACES


def test_company_practice_is_no_citation() -> None:
    assert {place.law for place in PLACES} == {"示例法"}


def test_a_card_survives_the_index() -> None:
    assert read_card(pickle.loads(pickle.dumps(stored_card(CARD)))) == CARD  # noqa: S301 - own bytes


def test_cited_places_survive_the_index() -> None:
    assert read_citations(stored_citations(PLACES)) == PLACES
