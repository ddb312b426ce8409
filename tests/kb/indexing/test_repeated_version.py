"""Two files that say they are the same version of the same procedure."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.content import read_content_files
from kb.indexing.build import build_full
from tests.dictionaries import lay_dictionary
from tests.kb.indexing.desks import Desk, path_of, procedure_text

TWIN = path_of("claim@2026-01-01")


@pytest.fixture
def twins(desk: Desk) -> Desk:
    """Return a desk with a second file for the one version of `claim`."""
    desk.write({TWIN: procedure_text("claim", "受益人变更")})
    desk.refresh()
    return desk


def test_the_second_file_is_listed_and_not_served(twins: Desk) -> None:
    assert twins.faults == [(TWIN, "id-repeated")]
    assert (twins.found("异地"), twins.found("受益人")) == (["claim"], [])


def test_a_full_build_serves_the_first_path(twins: Desk) -> None:
    twins.write({"lexicon/terms.txt": "退保材料\n"})
    twins.refresh()
    assert twins.faults == [(TWIN, "id-repeated")]
    assert (twins.found("异地"), twins.found("受益人")) == (["claim"], [])


def test_deleting_the_second_file_mends_the_fault(twins: Desk) -> None:
    (twins.content / TWIN).unlink()
    twins.refresh()
    assert twins.faults == []
    assert twins.found("异地") == ["claim"]


def test_deleting_the_served_file_brings_the_other_in(twins: Desk) -> None:
    twins.remove("claim")
    twins.refresh()
    assert twins.found("受益人") == ["claim"]
    assert twins.faults == []


def test_another_date_in_the_served_file_brings_the_other_in(twins: Desk) -> None:
    twins.publish("claim", "异地理赔", start="2026-02-01")
    twins.refresh()
    assert [card.title for card in twins.view.versions("claim")] == ["受益人变更", "异地理赔"]
    assert twins.faults == []


def test_a_small_update_decides_as_a_full_build_does(desk: Desk, tmp_path: Path) -> None:
    later = path_of("claim@2026-03-01")
    desk.write({later: procedure_text("claim", "受益人变更", start="2026-03-01")})
    desk.refresh()
    desk.publish("claim", "异地理赔", start="2026-03-01")
    desk.refresh()
    lay_dictionary(tmp_path / "full")
    full = build_full(tmp_path / "full", read_content_files(desk.content))
    assert desk.faults == [(fault.file, fault.code) for fault in full.manifest.faults]
    full.store.close()
