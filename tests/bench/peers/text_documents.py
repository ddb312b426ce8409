"""What the peers by themselves index, and what they promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kb.search.fields import SearchDocument

TEXT_FIELDS = ("title", "says", "body")


@dataclass(frozen=True, slots=True)
class TextDocument:
    """All the text of a document that our engine is given, in the three fields of a peer."""

    id: str
    title: str
    says: str
    """What customers say, what was heard, and the keywords."""
    body: str


@dataclass(frozen=True, slots=True)
class Weights:
    """What a field counts beside the body, which counts 1."""

    title: int
    says: int

    def by_field(self) -> dict[str, int]:
        """Return field → weight, in the order of `TEXT_FIELDS`."""
        return dict(zip(TEXT_FIELDS, (self.title, self.says, 1), strict=True))


class TextPeer(Protocol):
    """A peer that cuts, indexes and ranks in its own way."""

    def __init__(self, folder: Path, documents: Sequence[TextDocument], weights: Weights) -> None:
        """Write the index of `documents` below `folder`, which is empty, and open it."""

    def search(self, text: str, limit: int) -> list[str]:
        """Return up to `limit` ids of documents, best first."""

    def close(self) -> None:
        """Let go of the files."""


def text_document(document: SearchDocument) -> TextDocument:
    """Return the document as the peers take it."""
    texts = {name: "\n".join(lines) for name, lines in document.texts.items()}
    said = (texts.pop(name, "") for name in ("says", "heard", "keywords"))
    return TextDocument(document.id, texts.pop("title"), "\n".join(said), "\n".join(texts.values()))
