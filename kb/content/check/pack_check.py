"""The check of a whole pack, as far as it needs no search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from kb.content.check.desk_check import check_desk
from kb.content.check.exam_check import check_exam_file, check_item_ids
from kb.content.check.file_check import check_file, check_personal_data
from kb.content.check.lexicon_check import check_lexicon
from kb.content.check.references import Anchors
from kb.content.check.taught_lines import check_taught_lines
from kb.content.fault import Fault, FaultCollector
from kb.content.pack import DATA_FILES, ContentFiles, ContentPack
from kb.content.procedure import Procedure


def check_pack(pack: ContentPack, files: ContentFiles, today: date) -> list[Fault]:
    """Return all faults of the pack, sorted by file and line."""
    anchors = anchors_of(pack)
    faults = set(pack.reference.faults)
    for file in pack.files:
        faults.update(check_file(file, files[file.path], pack.reference, anchors, today))
    for exam in pack.exams:
        faults.update(check_exam_file(exam, files[exam.path], pack.reference, anchors))
    faults.update(check_item_ids(pack.exams))
    faults.update(_data_file_faults(files))
    faults.update(_version_faults(pack))
    faults.update(check_lexicon(pack, files))
    faults.update(check_taught_lines(pack, files))
    faults.update(check_desk(pack, anchors, today))
    return sorted(faults)


def anchors_of(pack: ContentPack) -> Anchors:
    """Return the addresses that links may lead to; broken files count as far as readable."""
    anchors: dict[str, set[str]] = defaultdict(set)
    for file in pack.files:
        if file.draft is not None:
            anchors[file.draft.id] |= {part.address for part in file.draft.parts()}
    return {key: frozenset(addresses) for key, addresses in anchors.items()}


def _data_file_faults(files: ContentFiles) -> Iterator[Fault]:
    for name in DATA_FILES:
        collector = FaultCollector(name)
        check_personal_data(files.get(name, b""), collector)
        yield from collector.faults


def _version_faults(pack: ContentPack) -> Iterator[Fault]:
    by_id: dict[str, list[Procedure]] = defaultdict(list)
    for file in pack.files:
        if file.draft is not None and file.draft.id:
            by_id[file.draft.id].append(file.draft)
    for versions in by_id.values():
        versions.sort(key=lambda version: (version.effective_from, version.path))
        for earlier, later in pairwise(versions):
            yield from _overlap(earlier, later)


def _overlap(earlier: Procedure, later: Procedure) -> Iterator[Fault]:
    faults = FaultCollector(later.path)
    if earlier.effective_from == later.effective_from:
        faults.error(
            later.line_of("id"),
            "id-repeated",
            f"编号“{later.id}”同一生效日有两份：{earlier.path}。",
            "删去一份，或改编号、改生效日。",
        )
    elif earlier.effective_until and earlier.effective_until >= later.effective_from:
        faults.error(
            later.line_of("effective_from"),
            "versions-overlap",
            f"上一版到 {earlier.effective_until} 才失效，本版 {later.effective_from} 已生效。",
            f"删去 {earlier.path} 的 effective_until，或改本版的生效日。",
        )
    yield from faults.faults
