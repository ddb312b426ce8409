"""BM25 as Lucene counts it, cut in two so that the document's half can be stored.

score(query, document) = Σ_term weight(term) · idf(term) · impact(term, document), where
impact = Σ_field field weight · tf / (tf + k1·(1 − b + b·length/mean length)).
The impact needs nothing but the document and the mean lengths; the idf is counted over the
versions in force today.
"""

from __future__ import annotations

import math

K1 = 1.2
B = 0.75


def length_norm(length: int, mean_length: float) -> float:
    """Return what is added to a term's frequency below the line: tf / (tf + norm).

    `length` and `mean_length` are in characters: they stand in the same ratio as counts of words.
    """
    return K1 * (1 - B + B * length / max(mean_length, 1.0))


def inverse_document_frequency(document_frequency: int, documents: int) -> float:
    """Return Lucene's idf, positive for every term."""
    return math.log(1 + (documents - document_frequency + 0.5) / (document_frequency + 0.5))
