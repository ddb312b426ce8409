"""The whole check of a change set: its faults beside what is published, and what it touches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.changes.change_set import ChangeSet, files_digest
from kb.changes.citing import touched_citations
from kb.changes.conflict import find_conflicts
from kb.changes.guarded_parts import changes_guarded_parts
from kb.changes.impact import Impact, TouchedQuery
from kb.changes.merging import marked_lines
from kb.changes.pinned_items import touched_items
from kb.changes.tracing import (
    VersionPair,
    changed_versions,
    linking_places,
    touched_parts,
    touched_procedure,
)
from kb.checking import TrialSearch, content_faults, trial_search
from kb.content import ContentFiles, ContentPack, Fault, read_pack
from kb.search.analyzer import Analyzer
from kb.search.dictionary import Dictionary


@dataclass(frozen=True, slots=True)
class Published:
    """What agents are served."""

    commit: str
    files: ContentFiles


@dataclass(frozen=True, slots=True)
class CheckedChange:
    """What was found out about exactly these bytes beside exactly that commit."""

    digest: str
    """Of the files of the change set (`files_digest`)."""
    commit: str
    faults: tuple[Fault, ...]
    """In its files, or caused by it in others; by file and line."""
    impact: Impact
    needs_compliance: bool
    """Whether a 合规 has to approve it, besides a 审核."""

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults that keep it from being submitted."""
        return tuple(fault for fault in self.faults if fault.severity == "error")


def changed_files(published: ContentFiles, change: ChangeSet) -> dict[str, bytes]:
    """Return the content as it will be once the change set is published."""
    files = {**published, **change.contents}
    return {path: data for path, data in files.items() if data is not None}


def check_change(
    change: ChangeSet,
    published: Published,
    queries: Sequence[str],
    today: date,
    dictionary: Dictionary,
) -> CheckedChange:
    """Return the faults of `change` and what it touches; takes seconds of CPU time.

    Compared are the first hits of `queries` and of all published `says`, on the day on which all of
    it is in force. Faults that the published
    content has anyway, in files that the change set leaves alone, are not its own.
    """
    files = changed_files(published.files, change)
    before, after = read_pack(published.files), read_pack(files)
    old_search, new_search = _searches(before, after, today, dictionary)
    known = set(content_faults(before, published.files, today, old_search))
    found = content_faults(after, files, today, new_search)
    own = {file.path for file in change.files}
    faults = [fault for fault in found if fault.file in own or fault not in known]
    pairs = list(changed_versions(before, after))
    day = max([today, *(pair.procedure.effective_from for pair in pairs)])
    says = (line for procedure in before.procedures for line in procedure.says)
    asked = list(dict.fromkeys((*says, *queries)))
    return CheckedChange(
        digest=files_digest(change.contents),
        commit=published.commit,
        faults=tuple(sorted([*faults, *_conflict_faults(change, published.files)])),
        impact=replace(
            _touched_content(pairs, before, after),
            queries=tuple(_touched_queries(asked, old_search, new_search, day)),
            queries_compared=len(asked),
        ),
        needs_compliance=changes_guarded_parts(change.files),
    )


def _searches(
    before: ContentPack, after: ContentPack, today: date, dictionary: Dictionary
) -> tuple[TrialSearch, TrialSearch]:
    old = Analyzer(before.reference.lexicon, dictionary)
    is_same = before.reference.lexicon.digest == after.reference.lexicon.digest
    # It remembers how it cut the words: the second half takes less time.
    new = old if is_same else Analyzer(after.reference.lexicon, dictionary)
    return trial_search(before, today, old), trial_search(after, today, new)


def _touched_content(
    pairs: Sequence[VersionPair], before: ContentPack, after: ContentPack
) -> Impact:
    places = linking_places(after)
    return Impact(
        procedures=tuple(touched_procedure(pair, places) for pair in pairs),
        parts=tuple(part for pair in pairs for part in touched_parts(pair, places)),
        citations=tuple(touched_citations(pairs, before, after)),
        items=tuple(touched_items(pairs, after)),
    )


def _touched_queries(
    queries: Sequence[str], before: TrialSearch, after: TrialSearch, day: date
) -> Iterator[TouchedQuery]:
    for text in queries:
        was, will_be = before.first_hits(text, day), after.first_hits(text, day)
        if was != will_be:
            yield TouchedQuery(text, was, will_be)


def _conflict_faults(change: ChangeSet, published: ContentFiles) -> Iterator[Fault]:
    for conflict in find_conflicts(change, published):
        yield Fault(
            conflict.path,
            1,
            1,
            "base-moved",
            "error",
            "您动手以后，这个文件已经发布了新的内容。",
            "打开文件，把两边的改动合并后再提交。",
        )
    for file in change.files:
        yield from left_marks(file.path, file.content or "")


def left_marks(path: str, text: str) -> Iterator[Fault]:
    """Yield a fault for each line of a file on which the mark of a conflict was left."""
    for line in marked_lines(text):
        message = "合并冲突的标记还留着。"
        fix = "留下要的那一边，删去标记行。"
        yield Fault(path, line, 1, "conflict-left", "error", message, fix)
