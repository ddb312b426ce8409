"""How alike procedures are: what stands in many of them is read in none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kb.content.procedure import Deadline, FollowUp, Material, Procedure, prose_of
from kb.content.prose import without_marks
from kb.content.statements import statements_of

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


def repeated_sentences(procedures: Iterable[Procedure]) -> dict[str, tuple[str, ...]]:
    """Return the sentences of twelve characters or more that stand in more than three procedures.

    Each with the ids of those procedures.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for procedure in procedures:
        for sentence in _sentences(procedure):
            if len(sentence) >= SENTENCE_CHARS:
                owners[sentence].add(procedure.id)
    return {
        sentence: tuple(sorted(ids))
        for sentence, ids in sorted(owners.items())
        if len(ids) > MAX_PROCEDURES
    }


def alike_pairs(procedures: Iterable[Procedure]) -> list[AlikePair]:
    """Return every pair of different procedures, the most alike first."""
    grams: dict[str, set[str]] = defaultdict(set)
    for procedure in procedures:
        text = "".join((procedure.summary, *_sentences(procedure)))
        spoken = without_marks(text)
        starts = range(len(spoken) - _GRAM_CHARS + 1)
        grams[procedure.id] |= {spoken[start : start + _GRAM_CHARS] for start in starts}
    return sorted(_pairs(grams), reverse=True)


def _pairs(grams: Mapping[str, set[str]]) -> Iterator[AlikePair]:
    for (first, ours), (second, theirs) in combinations(sorted(grams.items()), 2):
        common = len(ours & theirs)
        yield AlikePair(common / max(1, len(ours) + len(theirs) - common), first, second)


def _sentences(procedure: Procedure) -> Iterator[str]:
    """Yield the sentences without punctuation; names and questions count as such."""
    for part in procedure.parts():
        if isinstance(part, Material | Deadline):
            yield without_marks(part.name)
        if isinstance(part, FollowUp):
            yield without_marks(part.question)
        for prose in prose_of(part):
            yield from (without_marks(item.text) for item in statements_of(prose))
