"""Indexing: one builder writes generations, every process loads the current one."""

from kb.indexing.build import dictionary_dir
from kb.indexing.builder import IndexBuilder, builder_lock, is_usable
from kb.indexing.card import Card, CitedPlace, read_citations
from kb.indexing.generation import current_generation
from kb.indexing.loading import LoadedGeneration, load_generation
from kb.indexing.procedures import procedure_reader
from kb.indexing.versions import Versions

__all__ = [
    "Card",
    "CitedPlace",
    "IndexBuilder",
    "LoadedGeneration",
    "Versions",
    "builder_lock",
    "current_generation",
    "dictionary_dir",
    "is_usable",
    "load_generation",
    "procedure_reader",
    "read_citations",
]
