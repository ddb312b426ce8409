"""The analyzers and engines of these tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from kb.content import Lexicon
from kb.search.analyzer import Analyzer
from kb.search.engine import SearchEngine
from kb.search.fields import SearchDocument
from kb.search.memory_engine import MemoryEngine
from kb.search.whoosh_engine import WhooshEngine
from tests.dictionaries import general_dictionary
from tests.kb.search.sketches import TODAY, whoosh_engine

MakeEngine = Callable[..., SearchEngine]


@pytest.fixture(scope="session")
def plain() -> Analyzer:
    """Return an analyzer without a lexicon."""
    return Analyzer(Lexicon(), general_dictionary())


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """Return an analyzer with a lexicon of each kind."""
    lexicon = Lexicon(
        terms=("效力中止", "现金价值", "长险", "减额交清", "代办退保", "断保", "网上营业厅"),
        fillers=frozenset({"的", "了", "吗", "怎么", "办", "什么", "需要", "代办", "OK"}),
        foreign=frozenset({"社保"}),
        products=frozenset({"重疾险"}),
        synonyms={
            "断保": ("效力中止",),
            "能退多少": ("现金价值",),
            "解约": ("退保", "现金价值"),
            "APP": ("手机客户端",),
            "ＰＣ": ("电脑网页",),
            "网上营业厅": ("APP",),
        },
        polyphones={"长险": ("chang", "xian")},
    )
    return Analyzer(lexicon, general_dictionary())


@pytest.fixture(params=["memory", "whoosh"])
def make_engine(
    request: pytest.FixtureRequest, plain: Analyzer, tmp_path: Path
) -> Iterator[MakeEngine]:
    """Return a function (documents, today) → engine, once for each engine."""
    opened: list[WhooshEngine] = []

    def make(documents: Sequence[SearchDocument], today: date = TODAY) -> SearchEngine:
        if request.param == "memory":
            return MemoryEngine(documents, plain, today)
        opened.append(whoosh_engine(documents, plain, today, tmp_path / f"{len(opened)}"))
        return opened[-1]

    yield make
    for engine in opened:
        engine.close()
