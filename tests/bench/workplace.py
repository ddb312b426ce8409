"""The folder in which benchmarks keep their packs and indexes from one run to the next."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import monotonic

from kb.content import (
    FolderSource,
    Lexicon,
    read_content_files,
    read_pack,
    read_reference_data,
)
from kb.indexing import IndexBuilder, LoadedGeneration, current_generation, load_generation
from kb.indexing.generation import Generation
from kb.search.analyzer import Analyzer
from kb.search.dictionary import open_dictionary
from kb.search.fields import SearchDocument, search_document
from kb.search.text_analyzer import TextAnalyzer
from kb.settings import Settings
from tests.bench.queries import write_queries
from tests.bench.synthetic import PackWriter
from tests.bench.today import TODAY

_WARM_UP_SEED = 1_000_003


@dataclass(frozen=True)
class Workplace:
    """Where things lie; everything in it can be deleted at any time."""

    folder: Path
    content_dir: Path
    """The content from which synthetic packs are made."""
    seed: int

    @cached_property
    def jieba_dir(self) -> Path:
        """The private folder of jieba's own cache and of our dictionary."""
        folder = self.folder / "jieba"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    @cached_property
    def _writer(self) -> PackWriter:
        return PackWriter(self.content_dir, self.seed, self.jieba_dir)

    def pack(self, size: int) -> Path:
        """Return the synthetic content folder with `size` procedures, written if need be."""
        folder = self.folder / f"pack-{size}"
        if not self._writer.is_written(folder, size):
            with progress(f"writing {size} procedures"):
                self._writer.write(folder, size)
        return folder

    def pack_digest(self, size: int) -> str:
        """Return what a pack was made from; another digest means another pack."""
        return f"{self._writer.digest} {size}"

    def settings(self, size: int) -> Settings:
        """Return the settings under which the pack of `size` is served."""
        return Settings(content_dir=self.pack(size), data_dir=self.folder / f"data-{size}")

    def generation(self, size: int) -> LoadedGeneration:
        """Return the index of a pack, built if need be."""
        settings = self.settings(size)
        with progress(f"indexing {size} procedures"):
            generation = build_generation(settings)
        return load_generation(generation, TODAY)

    def queries(self, size: int, count: int) -> dict[str, list[str]]:
        """Return style → `count` distinct queries over a pack."""
        return write_queries(self.pack(size), count, self.seed, self.jieba_dir)

    def warm_up_queries(self, size: int, count: int) -> dict[str, list[str]]:
        """Return other queries, with which engines are brought up to temperature."""
        return write_queries(self.pack(size), count, self.seed + _WARM_UP_SEED, self.jieba_dir)

    def lexicon(self) -> Lexicon:
        """Return the lexicon, which is the same in every pack."""
        folder = self.content_dir / "lexicon"
        files = {f"lexicon/{path.name}": path.read_bytes() for path in folder.iterdir()}
        return read_reference_data(files).lexicon

    def analyzer(self) -> Analyzer:
        """Return a new analyzer with nothing remembered yet."""
        return Analyzer(self.lexicon(), open_dictionary(self.jieba_dir))

    def text_analyzer(self) -> TextAnalyzer:
        """Return what the analyzer cuts text with, alone."""
        return TextAnalyzer(self.lexicon(), open_dictionary(self.jieba_dir))

    def documents(self, size: int) -> Iterator[SearchDocument]:
        """Yield the search documents of a pack."""
        folder = self.pack(size)
        pack = read_pack(read_content_files(folder))
        for procedure in pack.procedures:
            yield search_document(procedure, pack.heard[procedure.id])


def build_generation(settings: Settings) -> Generation:
    """Return the index of the content of `settings`, built if need be."""
    IndexBuilder(FolderSource(settings.content_folder), settings.index_dir, 3600).refresh()
    generation = current_generation(settings.index_dir)
    assert generation is not None
    return generation


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Say on stderr what is going on, and how long it took."""
    print(f"{what} …", end=" ", file=sys.stderr, flush=True)
    started = monotonic()
    yield
    print(f"{monotonic() - started:.1f} s", file=sys.stderr, flush=True)


def folder_bytes(folder: Path) -> int:
    """Return the size of all files below `folder`."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
