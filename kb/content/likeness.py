"""How alike procedures are: what stands in many of them is read in none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kb.content.prose import without_marks
from kb.content.statements import CutProcedure

MAX_SHARE = 0.35
"""Of two procedures that are more alike, one should lead to the other."""
MAX_PROCEDURES = 3
"""A sentence that stands in more is worn out."""
SENTENCE_CHARS = 12
"""A shorter sentence may stand anywhere."""
_GRAM_CHARS = 5


@dataclass(frozen=True, order=True, slots=True)
class AlikePair:
    """Two procedures and what they have in common."""

    share: float
    """Jaccard index of their groups of five characters."""
    first: str
    second: str


def repeated_sentences(procedures: Iterable[CutProcedure]) -> dict[str, tuple[str, ...]]:
    """Return the sentences of twelve characters or more that stand in more than three procedures.

    Each with the ids of those procedures.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for cut in procedures:
        for sentence in cut.sentences:
            if len(sentence) >= SENTENCE_CHARS:
                owners[sentence].add(cut.procedure.id)
    return {
        sentence: tuple(sorted(ids))
        for sentence, ids in sorted(owners.items())
        if len(ids) > MAX_PROCEDURES
    }


def alike_pairs(procedures: Iterable[CutProcedure]) -> list[AlikePair]:
    """Return every pair of different procedures, the most alike first."""
    grams: dict[str, set[str]] = defaultdict(set)
    for cut in procedures:
        text = "".join((cut.procedure.summary, *cut.sentences))
        spoken = without_marks(text)
        starts = range(len(spoken) - _GRAM_CHARS + 1)
        grams[cut.procedure.id] |= {spoken[start : start + _GRAM_CHARS] for start in starts}
    return sorted(_pairs(grams), reverse=True)


def _pairs(grams: Mapping[str, set[str]]) -> Iterator[AlikePair]:
    for (first, ours), (second, theirs) in combinations(sorted(grams.items()), 2):
        common = len(ours & theirs)
        yield AlikePair(common / max(1, len(ours) + len(theirs) - common), first, second)
