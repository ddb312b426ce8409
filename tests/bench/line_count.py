"""How alike the documents of a pack are, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.content import is_procedure_path, read_content_files
from tests.bench.figures import markdown_table
from tests.bench.skeletons import read_skeleton


@dataclass(frozen=True, slots=True)
class LineCount:
    """How alike the documents are."""

    documents: int
    mean_bytes: float
    """Mean size of a file."""
    sentences: int
    """Lines that carry a sentence; headings, fences, dates and table heads left out."""
    distinct_share: float
    """Share of different ones among them, 0 to 1."""


def count_lines(folder: Path) -> LineCount:
    """Return how alike the documents of the content folder are."""
    total, lengths, seen = 0, [], set()
    for path, data in read_content_files(folder).items():
        if not is_procedure_path(path):
            continue
        lengths.append(len(data))
        for line in read_skeleton(path, data.decode()).lines:
            sentences = [slot.text for slot in line if slot.kind not in ("", "id", "related")]
            if sentences:
                total += 1
                seen.add(hash(tuple(sentences)))
    return LineCount(
        len(lengths), sum(lengths) / len(lengths), total, len(seen) / total if total else 0.0
    )


def table(counts: Mapping[str, LineCount]) -> str:
    """Return the counts of several packs as markdown."""
    head = ["pack", "procedures", "bytes each", "sentences", "distinct"]
    return markdown_table(
        head,
        (
            (name, count.documents, count.mean_bytes, count.sentences, count.distinct_share)
            for name, count in counts.items()
        ),
    )
