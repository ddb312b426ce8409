"""Synthetic packs: any number of procedures shaped like the real ones, as real files.

Document k is the same in every pack of one seed, so that a pack of 5,000 is the beginning of one
of 50,000. Nothing in them is a rule of any law: the sentences are exchanged and scrambled.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.content import (
    DATA_FILES,
    MAX_SUMMARY_CHARS,
    content_digest,
    heard_lines,
    is_procedure_path,
    read_content_files,
    read_reference_data,
)
from kb.content.heard import heard_path
from tests.bench import skeletons, wording
from tests.bench.skeletons import Skeleton, Slot, read_skeleton
from tests.bench.wording import Rewording, Sentence, Wording

_MAX_TITLE_CHARS = 40
_SAME_PROCEDURE, _SAME_CATEGORY = 0.5, 0.8
"""Below which random share a sentence comes from the same procedure, from the same category."""
_UNIQUE_KINDS = ("says", "material", "deadline")
_TRIES = 20
_COMPLETE = ".complete"


class PackWriter:
    """Writes synthetic procedures made from one content folder."""

    def __init__(self, content_dir: Path, seed: int, cache_dir: Path) -> None:
        """Take the sentences of `content_dir` apart; `cache_dir` is jieba's private folder."""
        files = read_content_files(content_dir)
        self._seed = seed
        self._data_files = {name: files[name] for name in DATA_FILES if name in files}
        self._skeletons = [
            read_skeleton(path, files[path].decode(), heard_lines(files, path))
            for path in files
            if is_procedure_path(path)
        ]
        texts = list(_texts(self._skeletons))
        sentences = (text for *_, text in texts)
        self._wording = Wording(read_reference_data(files), sentences, cache_dir)
        self._pools: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
        for skeleton, kind, text in texts:
            sentence = self._wording.cut(text)
            for scope in (skeleton.name, skeleton.category, ""):
                self._pools[kind, scope].append(sentence)
        self.digest = _digest(content_digest(files), seed)

    def write(self, folder: Path, size: int) -> None:
        """Write `size` procedures and the data files below `folder`, which is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        for name, data in self._data_files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        for number in range(size):
            for path, text in self.files(number).items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text, encoding="utf-8")
        (folder / _COMPLETE).write_text(f"{self.digest} {size}", encoding="ascii")

    def is_written(self, folder: Path, size: int) -> bool:
        """Return whether `folder` already holds what `write` would put there."""
        marker = folder / _COMPLETE
        return marker.is_file() and marker.read_text(encoding="ascii") == f"{self.digest} {size}"

    def files(self, number: int) -> dict[str, str]:
        """Return path → text of the procedure with the 0-based `number`, and of what is heard."""
        chance = random.Random(f"{self._seed}:{number}")
        skeleton = chance.choice(self._skeletons)
        author = _Author(self._pools, skeleton, Rewording(self._wording, chance), chance, number)
        lines = ("".join(map(author.fill, line)) for line in skeleton.lines)
        name = synthetic_id(number)
        return {
            f"procedures/{skeleton.category}/{name}.md": _joined(lines),
            heard_path(name): _joined(map(author.fill, skeleton.heard)),
        }


class _Author:
    """Fills the slots of one document."""

    def __init__(
        self,
        pools: dict[tuple[str, str], list[Sentence]],
        skeleton: Skeleton,
        rewording: Rewording,
        chance: random.Random,
        number: int,
    ) -> None:
        self._pools = pools
        self._skeleton = skeleton
        self._rewording = rewording
        self._chance = chance
        self._number = number
        self._used: set[tuple[str, str]] = set()

    def fill(self, slot: Slot) -> str:
        """Return the slot with another sentence in it."""
        return f"{slot.head}{self._text(slot) if slot.kind else ''}{slot.tail}"

    def _text(self, slot: Slot) -> str:
        match slot.kind:
            case "id":
                return synthetic_id(self._number)
            case "related":
                return f"[{', '.join(self._earlier_id() for _ in range(min(3, self._number)))}]"
            case "keywords":
                words = (self._sentence("keywords") for _ in _listed(slot.text))
                return f"[{', '.join(dict.fromkeys(words))}]"
            case "title":
                return self._sentence("title")[:_MAX_TITLE_CHARS]
            case "summary":
                return self._sentence("summary")[:MAX_SUMMARY_CHARS]
        return self._sentence(slot.kind)

    def _sentence(self, kind: str) -> str:
        """Return a reworded sentence of the kind, unlike those before where that matters."""
        said = ""
        for _ in range(_TRIES):
            drawn = self._chance.random()
            scope = (
                self._skeleton.name
                if drawn < _SAME_PROCEDURE
                else self._skeleton.category * (drawn < _SAME_CATEGORY)
            )
            pool = self._pools.get((kind, scope)) or self._pools[kind, ""]
            said = self._linked(self._rewording.say(self._chance.choice(pool)))
            if kind not in _UNIQUE_KINDS or (kind, said) not in self._used:
                break
        self._used.add((kind, said))
        return said

    def _linked(self, text: str) -> str:
        """Let links lead to documents of this pack."""
        return wording.LINK_TARGET.sub(lambda _: f"]({self._earlier_id()})", text)

    def _earlier_id(self) -> str:
        return synthetic_id(self._chance.randrange(max(1, self._number)))


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def synthetic_id(number: int) -> str:
    """Return the procedure id of a document."""
    return f"synthetic-{number:06d}"


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.strip("[]").split(",")]


def _texts(listed: list[Skeleton]) -> Iterator[tuple[Skeleton, str, str]]:
    """Yield (skeleton, kind, sentence) for everything that may be reworded."""
    for skeleton in listed:
        for slot in (slot for line in (*skeleton.lines, skeleton.heard) for slot in line):
            if slot.kind == "keywords":
                yield from ((skeleton, slot.kind, word) for word in _listed(slot.text))
            elif slot.kind not in ("", "id", "related"):
                yield skeleton, slot.kind, slot.text


def _digest(content: str, seed: int) -> str:
    sources = [Path(module.__file__ or "") for module in (wording, skeletons)] + [Path(__file__)]
    code = b"".join(path.read_bytes() for path in sources)
    return hashlib.sha256(code + f"{content}{seed}".encode()).hexdigest()
