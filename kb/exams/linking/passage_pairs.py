"""What procedures say, as pairs of characters: the passages of one, ready to be met by an item.

Pairs, because an item says in other words what a procedure says, and half a word in common counts
as well. Amounts stay whole: 30天 has nothing in common with 20天.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.content import Deadline, FollowUp, Material, Part, Procedure, Step, prose_of
from kb.exams.linking.item_words import WEIGHTS, ItemText, Origin
from kb.indexing import Card
from kb.search.fields import part_label
from kb.search.numbers import is_amount, with_amounts
from kb.search.text import TOKEN_RUN, normalise
from kb.search.text_analyzer import character_groups

_SATURATION = 1.2
_LENGTH_SHARE = 0.5
_MEAN_PAIRS = 22.0
"""Of a passage of the content."""


class PairUse(NamedTuple):
    """What a pair of an item counts, and where it stands there."""

    weight: float
    origin: Origin


ItemPairs = Mapping[str, PairUse]


class Posting(NamedTuple):
    """How much one passage says of a pair."""

    passage: int
    impact: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a procedure."""

    label: str
    """What staff call the place."""
    text: str
    part: Part | None
    """None of what stands above the parts: title, summary, keywords, what customers say."""


@dataclass(frozen=True, slots=True)
class ProcedurePassages:
    """The passages of a version, and which of them say what."""

    passages: tuple[Passage, ...]
    postings: Mapping[str, Sequence[Posting]]


def item_pairs(texts: Iterable[ItemText]) -> ItemPairs:
    """Return the pairs of an item; one that stands in it twice counts where it counts more."""
    found: dict[str, PairUse] = {}
    for text in texts:
        use = PairUse(WEIGHTS[text.origin].in_parts, text.origin)
        for pair in pairs(text.text):
            if pair not in found or found[pair].weight < use.weight:
                found[pair] = use
    return found


def pairs(text: str) -> Iterator[str]:
    """Yield every two neighbouring characters of a text; amounts and Latin words stay whole."""
    for run in runs(text):
        yield from pairs_of_run(run)


def pairs_of_run(run: str) -> Sequence[str]:
    """Return the pairs of one run; a single character has none."""
    return [run] if is_amount(run) or run.isascii() else character_groups(run, 2)


def runs(text: str) -> list[str]:
    """Return the runs of Chinese characters, the amounts and the Latin words of a text."""
    return TOKEN_RUN.findall(with_amounts(normalise(text)))


def read_passages(procedure: Procedure, card: Card) -> ProcedurePassages:
    """Return the passages of a version; `card` is its own."""
    passages = (*_head(card), *_parts(procedure))
    postings: defaultdict[str, list[Posting]] = defaultdict(list)
    for number, passage in enumerate(passages):
        counts = Counter(pairs(passage.text))
        length = sum(counts.values()) / _MEAN_PAIRS
        norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length)
        for pair, count in counts.items():
            postings[pair].append(Posting(number, (1 + _SATURATION) * count / (count + norm)))
    return ProcedurePassages(passages, dict(postings))


def _head(card: Card) -> Iterator[Passage]:
    yield Passage("标题", card.title, None)
    yield Passage("摘要", card.summary, None)
    yield Passage("关键词", " ".join(card.keywords), None)
    yield from (Passage("客户说法", text, None) for text in card.says)


def _parts(procedure: Procedure) -> Iterator[Passage]:
    step: Step | None = None
    for part in procedure.parts():
        step = part if isinstance(part, Step) else step
        yield Passage(part_label(part, step), part_text(part), part)


def part_text(part: Part) -> str:
    """Return all that a part says, the amounts and beginnings of its time limits included."""
    said = [prose.plain for prose in prose_of(part)]
    match part:
        case Material():
            said.insert(0, part.name)
        case Deadline():
            said.insert(0, part.name)
            # As everybody else writes it, so that amounts meet.
            wordings = (term.wording.replace("自然日", "日") for term in part.terms)
            said += [*wordings, *(term.starts_from for term in part.terms)]
        case FollowUp():
            said.insert(0, part.question)
    return " ".join(said)
