"""Opens a generation for serving: engine, analyzer, reference data and cards as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kb.content import (
    ContentFiles,
    ExamFile,
    ReferenceData,
    read_exams,
    read_reference_data,
)
from kb.errors import IndexUnavailable
from kb.indexing.card import Card, read_card
from kb.indexing.generation import SPELLED_WORDS_FILE, Generation, Manifest
from kb.search.analyzer import Analyzer
from kb.search.dictionary import read_dictionary
from kb.search.impact_cache import load_impact_cache
from kb.search.intent_model import IntentModel, load_intent_model
from kb.search.spelling import load_spelled_words
from kb.search.whoosh_engine import WhooshEngine
from kb.search.whoosh_store import open_store


# Without slots: `exam_files` is kept once it was read.
@dataclass(frozen=True)
class LoadedGeneration:
    """Everything that a request needs; a request uses one and the same throughout."""

    name: str
    manifest: Manifest
    reference: ReferenceData
    analyzer: Analyzer
    engine: WhooshEngine
    intents: IntentModel
    cards: Mapping[int, Card]
    """Document number → card."""
    data_files: ContentFiles
    """Data files and exam items, as bytes."""

    @cached_property
    def exam_files(self) -> tuple[ExamFile, ...]:
        """The exam items, read when somebody asks first: most processes need none."""
        parsed = read_exams(self.data_files)
        return tuple(exam.file for exam in parsed if exam.file is not None)


def load_generation(generation: Generation, today: date) -> LoadedGeneration:
    """Return the generation, opened.

    Raises IndexUnavailable when anything of it cannot be read.
    """
    manifest = generation.read_manifest()
    try:
        data_files = generation.read_data_files()
        reference = read_reference_data(data_files)
        analyzer = Analyzer(
            reference.lexicon,
            read_dictionary(generation.dictionary),
            load_spelled_words(generation.spelled / SPELLED_WORDS_FILE),
        )
        engine = WhooshEngine(
            open_store(generation.whoosh), load_impact_cache(generation.impacts), today
        )
        intents = load_intent_model(generation.intents)
        cards = {number: read_card(item.card) for number, item in engine.documents.items()}
    except Exception as error:
        # Whoosh raises whatever its pickles and structs raise when a file is damaged.
        raise IndexUnavailable(f"索引 {generation.name} 打不开，正在等待重建。") from error
    return LoadedGeneration(
        generation.name, manifest, reference, analyzer, engine, intents, cards, data_files
    )
