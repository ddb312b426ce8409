"""Generations of the index on disk: their layout, manifest, verification and the switch.

`index/<generation>/` is written once and never changed. `index/CURRENT` names the one in use and
is replaced by a rename, so that a reader sees either the old or the new name. The manifest says
what the generation was made from and what each of its files must hash to: Whoosh itself would not
notice a flipped byte.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb.content import Fault
from kb.errors import IndexUnavailable

FORMAT_VERSION = 5
SPELLED_WORDS_FILE = "words.marisa"
_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"
_KEPT_GENERATIONS = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from, and what it consists of."""

    format_version: int
    analyzer: str
    """Digest of the code and weights that turn text into terms."""
    lexicon: str
    """Digest of the lexicon."""
    sources: Mapping[str, str]
    """Content path → sha256 of its bytes, broken files included."""
    mean_lengths: Mapping[str, float]
    """Field → mean length in characters; kept over small updates."""
    faults: tuple[Fault, ...]
    """Errors of the files that could not be taken over."""
    kept: tuple[str, ...]
    """Paths of broken files whose last readable version is still served."""
    trained_on: str
    """Digest of what the intent model was trained on; kept over small updates."""
    files: Mapping[str, str]
    """File of the generation → sha256."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A folder with its parts."""

    folder: Path

    @property
    def name(self) -> str:
        """The generation's name, as in CURRENT."""
        return self.folder.name

    @property
    def whoosh(self) -> Path:
        """Folder of the Whoosh index."""
        return self.folder / "whoosh"

    @property
    def impacts(self) -> Path:
        """Folder of the impact cache."""
        return self.folder / "impacts"

    @property
    def dictionary(self) -> Path:
        """Folder of the general dictionary: links to the files that all generations share."""
        return self.folder / "dictionary"

    @property
    def spelled(self) -> Path:
        """Folder of the content's words by reading, as counted at the last full build."""
        return self.folder / "spelled"

    @property
    def intents(self) -> Path:
        """Folder of the intent model."""
        return self.folder / "intents"

    @property
    def data(self) -> Path:
        """Folder with the data files and the exam items as built."""
        return self.folder / "data"

    def read_data_files(self) -> dict[str, bytes]:
        """Return the files in `data`, which were served when the generation was built."""
        return {
            path.relative_to(self.data).as_posix(): path.read_bytes()
            for path in sorted(self.data.rglob("*"))
            if path.is_file()
        }

    def read_manifest(self) -> Manifest:
        """Return the manifest. Raises IndexUnavailable when it is missing or damaged."""
        try:
            text, _, digest = (self.folder / _MANIFEST).read_text(encoding="utf-8").partition("\n")
            if digest.strip() != hashlib.sha256(text.encode()).hexdigest():
                raise ValueError("the manifest does not hash to its digest")
            values = json.loads(text)
            values["faults"] = tuple(Fault(**fault) for fault in values["faults"])
            values["kept"] = tuple(values["kept"])
            return Manifest(**values)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexUnavailable(f"索引 {self.name} 的清单读不出来，正在等待重建。") from error

    def write_manifest(self, manifest: Manifest) -> None:
        """Write the manifest; without it the generation counts as unfinished."""
        text = json.dumps(asdict(manifest), ensure_ascii=False)
        digest = hashlib.sha256(text.encode()).hexdigest()
        (self.folder / _MANIFEST).write_text(f"{text}\n{digest}\n", encoding="utf-8")

    def hash_files(self, known: Mapping[Path, str] | None = None) -> dict[str, str]:
        """Return file → sha256 for every file but the manifest.

        `known` holds the hashes of files that are links to files hashed before.
        """
        hashes: dict[str, str] = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.name != _MANIFEST:
                name = path.relative_to(self.folder).as_posix()
                hashes[name] = (known or {}).get(path) or _hash_file(path)
        return hashes

    def damaged_file(self, manifest: Manifest) -> str | None:
        """Return the first file that is missing or differs from the manifest, or None."""
        for name, expected in manifest.files.items():
            try:
                if _hash_file(self.folder / name) != expected:
                    return name
            except OSError:
                return name
        return None


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def current_generation(index_dir: Path) -> Generation | None:
    """Return the generation in use, or None when there is none."""
    try:
        name = (index_dir / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = index_dir / name
    return Generation(folder) if name and "/" not in name and folder.is_dir() else None


def new_generation(index_dir: Path) -> Generation:
    """Return a new empty generation, numbered after all others, deleted ones included.

    Processes tell generations apart by their names, so a name must not come back when the folder
    was deleted: numbers are times to the microsecond, written as dates, or logs would mask them.
    """
    index_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    numbers = [int(folder.name) for folder in _folders(index_dir)]
    now = int(f"{datetime.now(UTC):%Y%m%d%H%M%S%f}")
    number = max([now, *(number + 1 for number in numbers)])
    folder = index_dir / str(number)
    folder.mkdir(mode=0o700)
    return Generation(folder)


@contextlib.contextmanager
def unfinished_generation(index_dir: Path) -> Iterator[Generation]:
    """Give a new generation, of which nothing is left when it cannot be finished."""
    generation = new_generation(index_dir)
    try:
        yield generation
    except BaseException:
        discard(generation)
        raise


def make_current(generation: Generation) -> None:
    """Switch to `generation` in one step, and delete all but the newest generations."""
    index_dir = generation.folder.parent
    temporary = index_dir / f"{_CURRENT}.new"
    temporary.write_text(generation.name, encoding="ascii")
    os.replace(temporary, index_dir / _CURRENT)
    for folder in sorted(_folders(index_dir))[:-_KEPT_GENERATIONS]:
        shutil.rmtree(folder, ignore_errors=True)


def discard(generation: Generation) -> None:
    """Delete a generation that was not finished."""
    with contextlib.suppress(OSError):
        shutil.rmtree(generation.folder)


def _folders(index_dir: Path) -> list[Path]:
    return [path for path in index_dir.iterdir() if path.is_dir() and path.name.isdecimal()]
