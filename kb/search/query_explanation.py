"""The whole account of one query for editors: how it was read, ranked, recognised and judged.

It tells what `kb.search.searcher` did and counts nothing anew, except which field of a document an
impact comes from, which the index does not keep. Why a hit was found is told to agents in a few
words by `kb.search.explanation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, repeat

from kb.privacy import mask_identifiers
from kb.search.agreement import agreeing_words, hit_factor
from kb.search.confidence import ANSWER_THRESHOLD, COEFFICIENTS, INTERCEPT, Signs
from kb.search.document_analyzer import FieldImpacts, MeanLengths
from kb.search.engine import EngineHit, SearchEngine, Selection
from kb.search.fields import FIELDS, SearchDocument
from kb.search.intent_model import Recognition
from kb.search.query_analyzer import DroppedWord
from kb.search.searcher import Ranking, Searcher
from kb.search.terms import QueryTerm

EXPLAINED_HITS = 3
_LIKELIEST = 6
_WHOLE_QUERY = "整句"
_DIFFERENCES = 3
"""How many terms are named for and against the first hit."""
_NEGLIGIBLE = 0.005
"""Points that would be printed as 0.00."""
_SIGN_LABELS = ("覆盖", "领先", "别家业务")
"""In the order of `Signs`."""


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """A term of the query with its statistics."""

    term: QueryTerm
    rarity: float
    """Its idf."""
    documents: int
    """How many procedures in force today have it."""

    @property
    def word(self) -> str:
        """The word of the query that it stands for, or that it stands for all of it."""
        return self.term.source or _WHOLE_QUERY


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A summand of a score."""

    label: str
    points: float


@dataclass(frozen=True, slots=True)
class WordPoints:
    """What a word of the query added to the score of a hit."""

    word: str
    total: float
    by_field: Mapping[str, float]
    """Label of each field of the document → its share in the total."""


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    """A hit with the make-up of its score."""

    id: str
    title: str
    score: float
    parts: tuple[ScorePart, ...]
    """They add up to the score; the first is what the words add."""
    words: tuple[WordPoints, ...]
    """They add up to the part of the words; those that added nothing are left out."""


@dataclass(frozen=True, slots=True)
class SignPoints:
    """A sign of the confidence."""

    label: str
    value: float
    coefficient: float

    @property
    def points(self) -> float:
        """What it adds to the log-odds."""
        return self.value * self.coefficient


@dataclass(frozen=True, slots=True)
class QueryExplanation:
    """Everything that decided what one query found; identifiers are masked throughout."""

    typed: str
    text: str
    """Masked and normalised."""
    searched: str
    """See `AnalysedQuery.searched`."""
    words: tuple[str, ...]
    """See `AnalysedQuery.words`."""
    dropped: tuple[DroppedWord, ...]
    foreign: tuple[str, ...]
    """Subjects of other institutions that it names."""
    terms: tuple[ExplainedTerm, ...]
    hits: tuple[ExplainedHit, ...]
    """The first few, best first."""
    why_first: str
    """In a line of Chinese, where the first hit gained on the second; empty without two hits."""
    recognition: Recognition
    intercept: float
    """Log-odds before any sign."""
    signs: tuple[SignPoints, ...]
    """Of the best hit."""
    confidence: float
    """See `SearchResult.confidence`."""
    threshold: float
    is_answered: bool

    @property
    def likeliest(self) -> dict[str, float]:
        """The procedures for which the words speak most, id → evidence, the likeliest first."""
        return dict(islice(self.recognition.evidence.items(), _LIKELIEST))


def explain_query(
    text: str,
    selection: Selection,
    searcher: Searcher,
    document: Callable[[int], SearchDocument],
    mean_lengths: MeanLengths,
) -> QueryExplanation:
    """Return the account of what a search for `text` finds. Raises QueryInvalid.

    `document` gives what was indexed with `mean_lengths` under the engine's number.
    """
    ranking = searcher.rank(text, selection, EXPLAINED_HITS)
    query, analyzer = ranking.query, searcher.analyzer
    terms = tuple(_explained_terms(query.terms, searcher.engine))
    documents = [document(hit.number) for hit in ranking.hits]
    impacts = [analyzer.field_impacts(found, mean_lengths) for found in documents]
    hits = tuple(map(_explained_hit, ranking.hits, documents, impacts, repeat(terms)))
    return QueryExplanation(
        typed=mask_identifiers(text),
        text=query.text,
        searched=query.searched,
        words=query.words,
        dropped=tuple(analyzer.dropped_words(query)),
        foreign=query.foreign,
        terms=terms,
        hits=hits,
        why_first=_why_first(ranking, hits),
        recognition=ranking.recognition,
        intercept=INTERCEPT,
        signs=tuple(_sign_points(ranking.signs)),
        confidence=ranking.confidence,
        threshold=ANSWER_THRESHOLD,
        is_answered=ranking.is_answered,
    )


def _explained_terms(terms: Iterable[QueryTerm], engine: SearchEngine) -> Iterator[ExplainedTerm]:
    for term in terms:
        yield ExplainedTerm(term, engine.rarity(term), engine.frequency(term))


def _explained_hit(
    hit: EngineHit,
    document: SearchDocument,
    impacts: Iterable[FieldImpacts],
    terms: Sequence[ExplainedTerm],
) -> ExplainedHit:
    totals: dict[str, float] = {}
    for item, points in zip(terms, hit.contributions, strict=True):
        totals[item.word] = totals.get(item.word, 0.0) + points
    by_field = _points_by_field(terms, impacts)
    return ExplainedHit(
        id=hit.id,
        title="".join(document.texts["title"]),
        score=hit.score,
        parts=tuple(_parts(hit, [item.term for item in terms])),
        words=tuple(
            WordPoints(word, total, by_field[word]) for word, total in totals.items() if total
        ),
    )


def _parts(hit: EngineHit, terms: Sequence[QueryTerm]) -> Iterator[ScorePart]:
    points = sum(hit.contributions)
    factor = hit_factor(agreeing_words(terms), hit.contributions)
    yield ScorePart("词语", points)
    yield ScorePart("齐全", points * (factor - 1))
    yield ScorePart("意图", hit.evidence)
    if hit.factor != 1.0:
        yield ScorePart("复审逾期", hit.score - hit.score / hit.factor)


def _points_by_field(
    terms: Sequence[ExplainedTerm], impacts: Iterable[FieldImpacts]
) -> dict[str, dict[str, float]]:
    """Return word → label of each field → what the word's terms score in it."""
    labels = {field.name: field.label for field in FIELDS}
    points = {item.word: dict.fromkeys(labels.values(), 0.0) for item in terms}
    for name, space, by_term in impacts:
        for item in terms:
            if item.term.space is space and (impact := by_term.get(item.term.text)):
                points[item.word][labels[name]] += item.term.weight * item.rarity * impact
    return points


def _sign_points(signs: Signs) -> Iterator[SignPoints]:
    for label, value, coefficient in zip(_SIGN_LABELS, signs, COEFFICIENTS, strict=True):
        yield SignPoints(label, value, coefficient)


def _why_first(ranking: Ranking, hits: Sequence[ExplainedHit]) -> str:
    if len(hits) < 2:
        return ""
    first, second = ranking.hits[:2]
    names = [f"{term.space.label}“{term.text}”" for term in ranking.query.terms]
    points = map(float.__sub__, first.contributions, second.contributions)
    leads = [ScorePart(*row) for row in zip(names, points, strict=True)]
    # The first part is that of the words, which are told term by term.
    gains: dict[str, float] = {}
    for sign, hit in ((1, hits[0]), (-1, hits[1])):
        for part in hit.parts[1:]:
            gains[part.label] = gains.get(part.label, 0.0) + sign * part.points
    leads += (ScorePart(label, points) for label, points in gains.items())
    leads.sort(key=lambda lead: -lead.points)
    sentences = [f"比第二条“{hits[1].title}”高 {first.score - second.score:.2f} 分"]
    if gained := [lead for lead in leads if lead.points > _NEGLIGIBLE]:
        sentences.append(f"赢在{_listed(gained[:_DIFFERENCES])}")
    if lost := [lead for lead in leads if lead.points < -_NEGLIGIBLE]:
        sentences.append(f"输在{_listed(lost[: -_DIFFERENCES - 1 : -1])}")
    return "；".join(sentences) + "。"


def _listed(parts: Sequence[ScorePart]) -> str:
    return "、".join(f"{part.label} {part.points:+.2f}" for part in parts)
