"""Any series of small updates serves what a full build from scratch serves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.content import parse_procedure_file
from kb.indexing.build import BuiltIndex, build_full, build_small
from kb.search.engine import Selection
from kb.search.impact_cache import load_impact_cache
from kb.search.intent_model import IntentModel
from kb.search.searcher import Searcher
from kb.search.whoosh_engine import WhooshEngine
from kb.search.whoosh_store import open_store
from tests.content_samples import PROPERTY, REFERENCE_FILES
from tests.dictionaries import lay_dictionary
from tests.kb.indexing.desks import TODAY, procedure_text

Files = dict[str, bytes]
Key = tuple[str, str]
"""Procedure id and the day from which the version is in force."""
Edit = tuple[Key, tuple[str, str] | str]
"""What becomes of a version: (title, step), delete or break."""

SUBJECTS = ("退保", "续期", "异地", "受益", "理赔")
AFFAIRS = ("材料", "缴费", "变更", "账户", "发票")
STARTS = ("2026-01-01", "2026-05-01", "2026-09-01")
DAYS = (date(2026, 2, 1), TODAY, date(2026, 10, 1))
BROKEN = b"---\nid: [\n"
DATA = {name: text.encode() for name, text in REFERENCE_FILES.items()}
# All texts are equally long: mean lengths are kept over small updates, and must not differ.
TEXTS = st.builds(
    lambda subject, affair, step: (subject + affair, f"登记{step}。"),
    st.sampled_from(SUBJECTS),
    st.sampled_from(AFFAIRS),
    st.sampled_from(AFFAIRS),
)
KEYS = st.tuples(st.sampled_from("abcd"), st.sampled_from(STARTS))
EDITS = st.tuples(KEYS, TEXTS | st.sampled_from(["delete", "break"]))


def path_of(key: Key) -> str:
    return f"procedures/保全/{key[0]}@{key[1]}.md"


def apply(files: Files, edits: Iterable[Edit]) -> Files:
    """Return the files after the edits."""
    result = dict(files)
    for key, edit in edits:
        if edit == "delete":
            result.pop(path_of(key), None)
        elif isinstance(edit, str):
            result[path_of(key)] = BROKEN
        else:
            title, step = edit
            text = procedure_text(key[0], title, start=key[1], step=step)
            result[path_of(key)] = text.encode()
    return result


def still_served(before: Files, files: Files) -> Files:
    """Return the files with the last readable bytes in the place of broken ones."""
    served = {path: before.get(path) if data == BROKEN else data for path, data in files.items()}
    return {path: data for path, data in served.items() if data is not None}


def answers(built: BuiltIndex) -> dict[object, object]:
    """Return what the generation on disk finds for many queries on several days."""
    engine = WhooshEngine(
        open_store(built.generation.whoosh), load_impact_cache(built.generation.impacts), TODAY
    )
    # A small update keeps the intent model of before, a full build trains its own.
    searcher = Searcher(built.analyzer, engine, IntentModel.empty())
    found: dict[object, object] = {}
    for text in (*SUBJECTS, *AFFAIRS, "退保材料 异地", "tuibao", "登记发票"):
        for day in DAYS:
            result = searcher.search(text, Selection(day), 50)
            found[text, day] = result.answered
            for hit in result.hits:
                key = (text, day, hit.id, hit.effective_from)
                found[key] = pytest.approx(hit.score, abs=1e-3)
                found[*key, "why"] = (hit.block, hit.why, engine.passages(hit.number).text)
    engine.close()
    return found


@settings(PROPERTY, max_examples=20)
@given(first=st.lists(EDITS, max_size=6), rounds=st.lists(st.lists(EDITS, min_size=1), max_size=3))
def test_small_updates_serve_what_a_full_build_serves(
    first: list[Edit], rounds: list[list[Edit]]
) -> None:
    anchor = apply(DATA, [(("anchor", STARTS[0]), ("搬家电话", "登记电话。"))])
    files = apply(anchor, first)
    served = still_served({}, files)
    with TemporaryDirectory() as folder:
        small, full = Path(folder) / "small", Path(folder) / "full"
        lay_dictionary(small)
        lay_dictionary(full)
        built = build_full(small, files)
        for edits in rounds:
            edited = apply(files, edits)
            changed = {path for path in {*files, *edited} if files.get(path) != edited.get(path)}
            files, served = edited, still_served(served, edited)
            built = build_small(small, built, files, changed)
        fresh = build_full(full, served)
        assert answers(built) == answers(fresh)
        broken = {path for path, data in files.items() if data == BROKEN}
        assert {fault.file for fault in built.manifest.faults} == broken
        assert set(built.manifest.kept) == broken & set(served)
        built.store.close()
        fresh.store.close()


def test_the_texts_of_the_property_are_read_without_error() -> None:
    files = apply({}, [(("a", STARTS[0]), ("退保材料", "登记发票。"))])
    ((path, data),) = files.items()
    assert parse_procedure_file(path, data).procedure is not None
