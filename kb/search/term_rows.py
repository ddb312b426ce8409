"""Which row of the impact cache holds a term, in files that processes share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from marisa_trie import Trie

_TRIE_FILE = "terms.marisa"
_ADDED_FILE = "added_terms.txt"


@dataclass(frozen=True, slots=True)
class TermRows:
    """The terms of a full build in a trie, whose numbers are the rows; later ones beside it."""

    trie: Trie
    added: dict[str, int] = field(default_factory=dict)
    """Terms of small updates → rows after those of the trie."""

    def __len__(self) -> int:
        return len(self.trie) + len(self.added)

    def __iter__(self) -> Iterator[str]:
        """Yield the terms in the order of their rows."""
        yield from map(self.trie.restore_key, range(len(self.trie)))
        yield from self.added

    def get(self, term: str) -> int | None:
        """Return the row of a term, or None."""
        row: int | None = self.trie.get(term)
        return self.added.get(term) if row is None else row

    def with_terms(self, terms: Iterable[str]) -> TermRows:
        """Return these rows with a new one for each term that has none."""
        added = dict(self.added)
        for term in terms:
            if term not in self.trie:
                added.setdefault(term, len(self.trie) + len(added))
        return TermRows(self.trie, added)

    def save(self, folder: Path) -> None:
        """Write the terms into `folder`."""
        self.trie.save(str(folder / _TRIE_FILE))
        (folder / _ADDED_FILE).write_text("\n".join(self.added), encoding="utf-8")


def load_term_rows(folder: Path) -> TermRows:
    """Return the rows saved in `folder`, mapped into memory."""
    trie = Trie()
    trie.mmap(str(folder / _TRIE_FILE))
    text = (folder / _ADDED_FILE).read_text(encoding="utf-8")
    terms = text.split("\n") if text else []
    return TermRows(trie, {term: row for row, term in enumerate(terms, len(trie))})
