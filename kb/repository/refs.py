"""The names of the lines in a content repository, and a cheap look at where they point."""

from __future__ import annotations

from pathlib import Path

from kb.content import file_sign

PUBLISHED = "refs/kb/published"
"""The last commit of what agents are served."""
MAIN = "refs/heads/main"
"""Checked out; follows what is published unless people committed by hand."""

RefSign = tuple[tuple[int, int, int] | None, ...]


def ref_sign(git_directory: Path, ref: str) -> RefSign:
    """Return another value when the ref may have moved, without asking git.

    git keeps a ref in a file of its own, or with others in `packed-refs`.
    """
    return file_sign(git_directory / ref), file_sign(git_directory / "packed-refs")
