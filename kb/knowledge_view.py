"""One generation on one day: what a single request works with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from kb.answer import (
    NOTHING_SUSPENDED,
    WHOLE,
    Answer,
    CallContext,
    SuspendedParts,
    Suspensions,
    fingerprint,
    make_answer,
    read_call_context,
    without_suspended,
)
from kb.content import (
    REGION,
    ExamFile,
    Fault,
    OutsideSubject,
    Phrase,
    PhraseSource,
    Procedure,
    ReferenceData,
    Regulation,
    did_you_mean,
    find_phrase,
)
from kb.errors import CategoryNotFound, IndexUnavailable, RegulationNotFound
from kb.indexing import (
    Card,
    CitedPlace,
    LoadedGeneration,
    Versions,
    procedure_reader,
    read_citations,
)
from kb.search.analyzer import Analyzer
from kb.search.engine import Selection
from kb.search.fields import search_document
from kb.search.lookup_table import LookupTable, make_lookup_table
from kb.search.query_explanation import QueryExplanation, explain_query
from kb.search.regions import Regions
from kb.search.searcher import DEFAULT_LIMIT, Ranking, Searcher, SearchResult
from kb.search.suggest import Suggester, Suggestion
from kb.search.terms import AnalysedQuery
from kb.search.transcript import TranscriptUtterance


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that cites a regulation, with the card of its procedure."""

    card: Card
    place: CitedPlace


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts besides the content itself, and may change while a generation is in use."""

    suspensions: Suspensions = field(default_factory=dict)
    is_reviewed: bool = False
    """Whether everything that is served was approved."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the content repository; what was published last stays in service."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether everything that was written is served."""

    generation: str
    today: date
    versions: int
    """Dated versions in the index."""
    in_force: int
    """Procedures in force today."""
    faults: tuple[Fault, ...]
    kept: tuple[str, ...]
    """Broken files whose last readable version is still served."""

    @property
    def is_good(self) -> bool:
        """Whether nothing is broken."""
        return not self.faults


class KnowledgeView:
    """One generation on one day: what a single request works with."""

    def __init__(
        self,
        loaded: LoadedGeneration,
        today: date,
        standing: Standing = Standing(),
        review_grace: timedelta = timedelta.max,
    ) -> None:
        """View `loaded` as of `today`; searches rank a review lower that is overdue for longer
        than `review_grace`."""
        self._loaded = loaded
        self._review_grace = review_grace
        self.today = today
        self.standing = standing
        self._searcher = Searcher(loaded.analyzer, loaded.engine, loaded.intents)
        self._regions = Regions(loaded.reference.vocabulary.parents.get(REGION, {}))
        self._versions = Versions(loaded.engine, loaded.cards, today)
        self._read = procedure_reader(loaded.engine.source, loaded.cards)

    def under(self, standing: Standing) -> KnowledgeView:
        """Return the same view under another standing."""
        other = copy(self)
        other.standing = standing
        return other

    def suspended(self, procedure_id: str) -> SuspendedParts:
        """Return what of a procedure is 暂停使用."""
        return self.standing.suspensions.get(procedure_id, NOTHING_SUSPENDED)

    def fingerprints(self) -> dict[str, str]:
        """Return the id of every procedure in force today → the fingerprint of its answers."""
        return {
            id_: fingerprint(self._loaded.cards[number].revision, self.suspended(id_))
            for id_, number in self._versions.in_force_today.items()
        }

    def _shown(self, card: Card) -> Card:
        """Return the card without the words that are suspended."""
        whole = self.suspended(card.id).get(WHOLE)
        return replace(card, summary=whole.wording) if whole else card

    def _found(self, result: SearchResult) -> SearchResult:
        """Return the result; nothing that is suspended is quoted."""
        if not self.standing.suspensions:
            return result
        hits = (
            hit._replace(snippet=None) if self.is_suspended(hit.id, hit.block) else hit
            for hit in result.hits
        )
        return replace(result, hits=tuple(hits))

    def is_suspended(self, procedure_id: str, address: str) -> bool:
        """Return whether the part at `address` is 暂停使用, with its step or the whole."""
        step = address.partition("/")[0]
        return bool(self.suspended(procedure_id).keys() & {WHOLE, step})

    @property
    def reference(self) -> ReferenceData:
        """What the data files say."""
        return self._loaded.reference

    @property
    def exam_files(self) -> tuple[ExamFile, ...]:
        """The exam items as they are served, whoever may see them: `kb.exams` decides that."""
        return self._loaded.exam_files

    @property
    def analyzer(self) -> Analyzer:
        """How this generation reads text."""
        return self._loaded.analyzer

    def card(self, number: int) -> Card:
        """Return the card of a search hit."""
        return self._shown(self._loaded.cards[number])

    def search(
        self, text: str, limit: int = DEFAULT_LIMIT, day: date | None = None, region: str = ""
    ) -> SearchResult:
        """Return what is found for `text` on `day` (today by default) for a region.

        Raises QueryInvalid and CallContextInvalid.
        """
        return self._found(self._searcher.search(text, self._selection(text, day, region), limit))

    def suggest_from_transcript(
        self,
        utterances: Sequence[TranscriptUtterance],
        limit: int,
        day: date | None = None,
        region: str = "",
    ) -> SearchResult:
        """Return what the last utterances of a call point to, on `day` (today by default).

        Raises QueryInvalid and CallContextInvalid.
        """
        # A call of minutes names regions in passing: only a chosen one selects.
        selection = self._selection("", day, region)
        return self._found(self._searcher.search_transcript(utterances, selection, limit))

    def rank_query(self, query: AnalysedQuery, limit: int) -> Ranking:
        """Return what the terms of a query find today, in all regions; nothing is quoted."""
        return self._searcher.rank_query(query, self._selection("", None, ""), limit)

    def explain(self, text: str, day: date | None = None, region: str = "") -> QueryExplanation:
        """Return how `search` understood and ranked `text`.

        Raises QueryInvalid, CallContextInvalid and IndexUnavailable.
        """
        return explain_query(
            text,
            self._selection(text, day, region),
            self._searcher,
            lambda number: search_document(self._read(number), self._loaded.engine.heard(number)),
            self._loaded.manifest.mean_lengths,
        )

    def _selection(self, text: str, day: date | None, region: str) -> Selection:
        """Return what may be found; without a region, the one that `text` names counts."""
        chain = self._regions.chain(region or self._regions.named_in(text))
        day = day or self.today
        # What was in force on another day is looked up as it was: its review may well be over.
        overdue = self._long_overdue if day == self.today else frozenset()
        return Selection(day, chain, overdue)

    @cached_property
    def _long_overdue(self) -> frozenset[str]:
        return frozenset(
            card.id
            for card in self._versions.cards_on(self.today)
            if self.today - card.review_by > self._review_grace
        )

    def elsewhere(self, result: SearchResult) -> OutsideSubject | None:
        """Return the business of others about which an unanswered query seems to be, or None."""
        subjects = self.reference.lexicon.outside
        return next((item for item in subjects if item.name == result.subject), None)

    @cached_property
    def _suggester(self) -> Suggester:
        cards = self.cards_today()
        kinds = (
            ("标题", lambda card: (card.title,)),
            ("关键词", lambda card: card.keywords),
            ("客户说法", lambda card: card.says),
        )
        return Suggester(
            (
                Suggestion(text, kind, card.id)  # type: ignore[arg-type]
                for kind, texts in kinds
                for card in cards
                for text in texts(card)
            ),
            self._loaded.analyzer,
        )

    def suggest(self, typed: str, limit: int) -> list[Suggestion]:
        """Return completions of what was typed so far."""
        return self._suggester.suggest(typed, limit)

    def heard(self, card: Card) -> list[str]:
        """Return what was heard for a procedure in force today."""
        return self._loaded.engine.heard(self._versions.in_force_today[card.id])

    def cards_today(self) -> list[Card]:
        """Return the cards of the versions in force today, by title."""
        return list(map(self._shown, self._versions.cards_on(self.today)))

    def card_of(self, procedure_id: str, day: date | None = None) -> Card | None:
        """Return the card of the version in force on `day` (today by default), or None."""
        number = self._versions.in_force_on(day or self.today).get(procedure_id)
        return None if number is None else self.card(number)

    def versions(self, procedure_id: str) -> list[Card]:
        """Return the cards of all versions of a procedure, oldest first."""
        return list(map(self._shown, self._versions.all_of(procedure_id)))

    def retired(self) -> list[Card]:
        """Return the cards of the procedures whose last version has ended, ended last first."""
        return self._versions.ended_before(self.today)

    def procedure(self, procedure_id: str, day: date | None = None) -> Procedure:
        """Return the version in force on `day` (today by default), without what is suspended.

        Raises ProcedureNotFound, ProcedureNotInForce and IndexUnavailable.
        """
        return self._in_use(self._versions.number_on(procedure_id, day or self.today))

    def revision(self, procedure_id: str, revision: str) -> Procedure:
        """Return the version whose revision id starts with `revision`, without what is suspended.

        Raises ProcedureNotFound and IndexUnavailable.
        """
        return self._in_use(self._versions.number_of(procedure_id, revision))

    def written(self, procedure_id: str, revision: str) -> Procedure:
        """Return what `revision` does as it was approved, suspended words included.

        It is to compare with, not to show. Raises ProcedureNotFound and IndexUnavailable.
        """
        return self._read(self._versions.number_of(procedure_id, revision))

    def _in_use(self, number: int) -> Procedure:
        procedure = self._read(number)
        suspended = self.suspended(procedure.id)
        return without_suspended(procedure, suspended) if suspended else procedure

    def call_context(self, pairs: Iterable[str], event_on: date | None = None) -> CallContext:
        """Return the call context written as `键=值` pairs. Raises CallContextInvalid."""
        return read_call_context(pairs, self.reference.vocabulary, event_on)

    def answer(
        self,
        procedure_id: str,
        context: CallContext,
        day: date | None = None,
        revision: str = "",
    ) -> Answer:
        """Return the one answer; see `kb.answer`. With a `revision` that of this version.

        Raises ProcedureNotFound, ProcedureNotInForce and IndexUnavailable.
        """
        day = day or self.today
        procedure = (
            self.revision(procedure_id, revision) if revision else self.procedure(procedure_id, day)
        )
        suspended = self.suspended(procedure_id)
        return make_answer(procedure, day, context, self.reference, suspended)

    def phrases(self, day: date | None = None) -> tuple[Phrase, ...]:
        """Return the desk's fixed phrases as worded on `day` (today by default), in their order.

        A phrase without words on that day is left out.
        """
        numbers = self._versions.in_force_on(day or self.today)
        found = (
            self._phrase(source, numbers.get(source.link.procedure_id))
            for source in self.reference.desk.phrases
        )
        return tuple(phrase for phrase in found if phrase is not None)

    def _phrase(self, source: PhraseSource, number: int | None) -> Phrase | None:
        if number is None:
            return None
        try:
            return find_phrase(source, self._in_use(number))
        except IndexUnavailable:
            # Every page shows the phrases: one that rotted must not close all of them.
            return None

    def regulation(self, short: str) -> Regulation:
        """Return a regulation of the register. Raises RegulationNotFound."""
        regulation = self.reference.register.get(short)
        if regulation is None:
            hint = did_you_mean(short, self.reference.register)
            raise RegulationNotFound(f"法规登记里没有“{short}”。{hint}")
        return regulation

    @cached_property
    def _places(self) -> dict[str, list[FoundPlace]]:
        places: dict[str, list[FoundPlace]] = {}
        for card in self._versions.cards_on(self.today):
            for found in self._cited_in(self._versions.in_force_today[card.id]):
                places.setdefault(found.place.law, []).append(found)
        return places

    def _cited_in(self, number: int) -> Iterator[FoundPlace]:
        for place in read_citations(self._loaded.engine.citations(number)):
            yield FoundPlace(self.card(number), place)

    def citing_places(self, short: str) -> list[FoundPlace]:
        """Return every place in force today that cites the regulation."""
        return [self._cited(found) for found in self._places.get(short, [])]

    def _cited(self, found: FoundPlace) -> FoundPlace:
        if not self.is_suspended(found.card.id, found.place.address):
            return found
        return FoundPlace(self._shown(found.card), replace(found.place, text="暂停使用"))

    def citing_places_from(self, day: date) -> list[FoundPlace]:
        """Return every place that cites a regulation on `day` or will at any time after it.

        Of a procedure with a version to come both versions count.
        """
        numbers = self._loaded.engine.numbers_in_force_from(day)
        return [found for number in numbers for found in self._cited_in(number)]

    def by_category(self, day: date | None = None) -> dict[str, list[Card]]:
        """Return category → cards in force on `day` by title, in the vocabulary's order."""
        groups: dict[str, list[Card]] = {name: [] for name in self.reference.vocabulary.categories}
        for card in map(self._shown, self._versions.cards_on(day or self.today)):
            groups.setdefault(card.category, []).append(card)
        return groups

    def category(self, name: str, day: date | None = None) -> list[Card]:
        """Return the cards of a category in force on `day`, by title. Raises CategoryNotFound."""
        groups = self.by_category(day)
        if name not in groups:
            raise CategoryNotFound(f"没有分类“{name}”。{did_you_mean(name, groups)}")
        return groups[name]

    def lookup_table(self, cards: Iterable[Card]) -> LookupTable:
        """Return the table by which procedures in force today are found without an analyzer."""
        documents = []
        for card in cards:
            # Without an intent model what was heard must be found like `says`.
            said = (*card.says, *self.heard(card))
            documents.append(search_document(replace(self.procedure(card.id), says=said)))
        return make_lookup_table(documents, self._loaded.analyzer, self.reference.lexicon.fillers)

    def health(self) -> Health:
        """Return what is served and what is broken."""
        manifest = self._loaded.manifest
        return Health(
            generation=self._loaded.name,
            today=self.today,
            versions=len(self._loaded.cards),
            in_force=len(self._versions.in_force_today),
            faults=(*manifest.faults, *self.standing.faults),
            kept=(*manifest.kept, *(fault.file for fault in self.standing.faults)),
        )
