"""Hard links: what a generation shares with the one before it, or with all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kb.indexing.generation import Generation, Manifest


def link_parts(
    old: Generation, manifest: Manifest, new: Generation, parts: Iterable[str]
) -> dict[Path, str]:
    """Link the folders `parts` of `old` into `new`; return the known sha256 of what was linked."""
    known: dict[Path, str] = {}
    for part in parts:
        hashes = {
            name.removeprefix(f"{part}/"): digest
            for name, digest in manifest.files.items()
            if name.startswith(f"{part}/") and not name.endswith("LOCK")
        }
        link_files(old.folder / part, hashes, new.folder / part)
        known |= {new.folder / part / name: digest for name, digest in hashes.items()}
    return known


def link_files(source: Path, names: Iterable[str], target: Path) -> None:
    """Link files of `source`, which may lie in folders of it, into the new folder `target`."""
    target.mkdir(mode=0o700)
    for name in names:
        (target / name).parent.mkdir(mode=0o700, exist_ok=True)
        os.link(source / name, target / name)
