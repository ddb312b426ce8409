"""What the terms of an index depend on besides its content: another digest means another index."""

from __future__ import annotations

import hashlib
import inspect
from importlib import import_module
from importlib.metadata import version

from kb.search.fields import FIELDS

ANALYZER_MODULES = (
    "kb.privacy.identifiers",
    "kb.search.analyzer",
    "kb.search.bm25",
    "kb.search.correction",
    "kb.search.dictionary",
    "kb.search.document_analyzer",
    "kb.search.fields",
    "kb.search.numbers",
    "kb.search.passages",
    "kb.search.pinyin",
    "kb.search.query_analyzer",
    "kb.search.readings",
    "kb.search.segmenter",
    "kb.search.spelling",
    "kb.search.terms",
    "kb.search.text",
    "kb.search.text_analyzer",
    "kb.search.typed_pinyin",
)
"""The analyzer with all of search that it imports, and what masks a query. Nothing of `kb.content`:
the lexicon has a digest of its own, and procedures are compared file by file."""
_LIBRARIES = ("jieba", "pypinyin", "opencc")


def analyzer_digest() -> str:
    """Return the sha256 over everything that decides which terms a text becomes."""
    versions = [version(name) for name in _LIBRARIES]
    hasher = hashlib.sha256(repr((FIELDS, versions)).encode())
    for name in ANALYZER_MODULES:
        hasher.update(inspect.getsource(import_module(name)).encode())
    return hasher.hexdigest()
