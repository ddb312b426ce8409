"""The whole check: the content's own, and that every `says` line finds its procedure.

By its words alone, without the intent model: that learns the line itself, and would find it anyway.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kb.content import ContentFiles, ContentPack, Fault, Procedure, check_pack, read_pack
from kb.search.analyzer import Analyzer
from kb.search.dictionary import Dictionary
from kb.search.engine import Selection
from kb.search.fields import search_document
from kb.search.memory_engine import MemoryEngine

FIRST_HITS = 3


class TrialSearch:
    """Some content in memory, searched by its words alone."""

    def __init__(self, analyzer: Analyzer, engine: MemoryEngine) -> None:
        self._analyzer, self._engine = analyzer, engine
        # What the check asks is asked again when two contents are compared.
        self._found: dict[tuple[str, date], tuple[str, ...]] = {}

    def first_hits(self, query: str, day: date) -> tuple[str, ...]:
        """Return the ids of the first `FIRST_HITS` procedures, best first."""
        asked = query, day
        if asked not in self._found:
            terms = self._analyzer.query(query).terms
            hits = self._engine.rank(terms, Selection(day), FIRST_HITS)
            self._found[asked] = tuple(hit.id for hit in hits)
        return self._found[asked]


def trial_search(pack: ContentPack, today: date, analyzer: Analyzer) -> TrialSearch:
    """Return a search over the procedures that could be read."""
    documents = [search_document(item, pack.heard[item.id]) for item in pack.procedures]
    return TrialSearch(analyzer, MemoryEngine(documents, analyzer, today))


def check_content(files: ContentFiles, today: date, dictionary: Dictionary) -> list[Fault]:
    """Return all faults of the content on `today`, sorted by file and line.

    `dictionary` is the general one, to which the lexicon adds.
    """
    pack = read_pack(files)
    analyzer = Analyzer(pack.reference.lexicon, dictionary)
    return content_faults(pack, files, today, trial_search(pack, today, analyzer))


def content_faults(
    pack: ContentPack, files: ContentFiles, today: date, search: TrialSearch
) -> list[Fault]:
    """Return what `check_content` does, of content that was read already."""
    return sorted([*check_pack(pack, files, today), *_unfound_says(pack, today, search)])


def _unfound_says(pack: ContentPack, today: date, search: TrialSearch) -> Iterator[Fault]:
    starts: dict[str, list[date]] = defaultdict(list)
    for procedure in pack.procedures:
        starts[procedure.id].append(procedure.effective_from)
    for procedure in pack.procedures:
        # A version still to come is judged on its first day.
        day = max(today, procedure.effective_from)
        if not _is_current(procedure, day, starts[procedure.id]):
            continue
        for says in procedure.says:
            hits = search.first_hits(says, day)
            if procedure.id not in hits:
                yield _unfound(procedure, says, hits[0] if hits else "")


def _is_current(procedure: Procedure, day: date, starts: list[date]) -> bool:
    """Return whether this version, of those that begin on `starts`, is in force on `day`."""
    latest = max(start for start in starts if start <= day)
    is_over = procedure.effective_until is not None and day > procedure.effective_until
    return procedure.effective_from == latest and not is_over


def _unfound(procedure: Procedure, says: str, first: str) -> Fault:
    found = f"搜到的第一份是“{first}”" if first else "什么也没搜到"
    return Fault(
        procedure.path,
        procedure.line_of("says"),
        1,
        "says-not-found",
        "error",
        f"客户原话“{says}”搜不到本规程（{found}）。",
        "把这句话移到它说的那份规程，或在 keywords、词库里补上它用的词。",
    )
