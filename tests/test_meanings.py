"""Made-up wordings of one question fall together: floors below which the build fails."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from kb.knowledge_view import KnowledgeView
from kb.questions import MeaningGroups, Sounds, sounds_of
from tests.web.site import real_site

MEANINGS = Path(__file__).parent / "judged" / "meanings.jsonl"
ORDERS = 6


@dataclass(frozen=True)
class Wording:
    """A wording, read as the queue reads it."""

    meaning: str
    sounds: Sounds
    nearest: str


@dataclass(frozen=True)
class Agreement:
    """How well pairs of wordings were told to mean the same, 0 to 1."""

    precision: float
    recall: float


@pytest.fixture(scope="module")
def unseen(tmp_path_factory: pytest.TempPathFactory) -> list[Wording]:
    view = real_site(tmp_path_factory.getbasetemp()).view()
    rows = [json.loads(line) for line in MEANINGS.read_text(encoding="utf-8").splitlines()]
    return [
        Wording(row["meaning"], sounds_of(text, view.analyzer), nearest(view, text))
        for row in rows
        if row["half"] == "unseen"
        for text in row["texts"]
    ]


def nearest(view: KnowledgeView, text: str) -> str:
    hits = view.search(text).hits
    return hits[0].id if hits else ""


def agreement(wordings: list[Wording]) -> Agreement:
    """Return the mean over several orders: the first wording of a group decides."""
    both = told = true = 0
    for order in range(ORDERS):
        shuffled = random.Random(order).sample(wordings, len(wordings))
        meanings = MeaningGroups()
        groups = [meanings.place(item.sounds, item.nearest) for item in shuffled]
        for (one, group), (other, other_group) in combinations(
            zip(shuffled, groups, strict=True), 2
        ):
            is_told, is_true = group == other_group, one.meaning == other.meaning
            both, told, true = both + (is_told and is_true), told + is_told, true + is_true
    return Agreement(both / told, both / true)


def test_unseen_wordings_of_one_meaning_fall_together(unseen: list[Wording]) -> None:
    found = agreement(unseen)

    assert len(unseen) > 140
    assert found.precision >= 0.90
    assert found.recall >= 0.75
