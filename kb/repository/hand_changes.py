"""What people changed in the repository by hand: in the work tree, or by commits of their own."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.content import (
    MAX_FILE_BYTES,
    Fault,
    FaultCollector,
    check_personal_data,
    decode_content,
    remaining_paths,
)
from kb.repository.git import Git
from kb.repository.tree import blob_id, list_content


@dataclass(frozen=True, slots=True)
class HandChange:
    """A content file that is not as it was published."""

    base: str | None
    """The published text that was changed; None for a new file."""
    content: str | None
    """None: the file was deleted."""


@dataclass(frozen=True, slots=True)
class HandWork:
    """Everything that was changed by hand."""

    changes: Mapping[str, HandChange]
    """By path."""
    faults: tuple[Fault, ...]
    """Of changed files that cannot be taken over."""


def find_hand_work(git: Git, published: str) -> HandWork:
    """Return what differs from the last publication that the checked-out commits contain.

    Not from the newest one, `published`: a file that was published since a person's last commit is
    not a change of theirs. What has been published by now is none either. The work tree is newer
    than the commits, and counts where both changed a file.
    """
    tip = git.commit("HEAD") or published
    at_base, at_tip, now = (
        list_content(git, commit) for commit in (git.fork_point(tip, published), tip, published)
    )
    files, faults = _read_work_tree(git.folder)
    lying = {path: blob_id(content) for path, content in files.items()}
    changed: dict[str, str | None] = {}
    for path in sorted({*lying, *at_base, *at_tip} - faults.keys()):
        blob = lying.get(path)
        if blob == at_base.get(path):
            blob = at_tip.get(path)
        if blob not in (at_base.get(path), now.get(path)):
            changed[path] = blob
    known = {lying[path]: content for path, content in files.items()}
    wanted = [*changed.values(), *(side.get(path) for side in (at_base, now) for path in changed)]
    texts = known | git.blobs(blob for blob in wanted if blob and blob not in known)
    changes = {}
    for path, blob in changed.items():
        sides = (at_base.get(path), now.get(path))
        base, published_text = (texts[side].decode() if side else None for side in sides)
        content = _readable(path, texts[blob], faults) if blob else None
        # Other line ends are no other words.
        if path not in faults and content not in map(_plain_ends, (base, published_text)):
            changes[path] = HandChange(base, content)
    return HandWork(changes, tuple(faults[path] for path in sorted(faults)))


def _read_work_tree(folder: Path) -> tuple[dict[str, bytes], dict[str, Fault]]:
    """Return the content files as they lie there, and what is wrong with those left out."""
    files: dict[str, bytes] = {}
    faults: dict[str, Fault] = {}
    for path in remaining_paths(folder):
        try:
            status = os.lstat(folder / path)
            if not stat.S_ISREG(status.st_mode):
                faults[path] = _fault(path, "not-a-file", "不是普通文件。", "换成普通文件。")
            elif status.st_size > MAX_FILE_BYTES:
                faults[path] = _fault(path, "file-size", "文件超过 256 KB。", "拆分成几份。")
            else:
                files[path] = (folder / path).read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            message = f"读不出来（{error.strerror}）。"
            faults[path] = _fault(path, "unreadable", message, "检查文件的权限。")
    return files, faults


def _readable(path: str, data: bytes, faults: dict[str, Fault]) -> str | None:
    """Return the text of a changed file; when it cannot be taken over, note why."""
    collector = FaultCollector(path)
    text = decode_content(data, collector)
    # A draft would be stored without it, and then not be what lies here.
    check_personal_data(data, collector)
    if collector.faults:
        faults[path] = collector.faults[0]
    return text


def _plain_ends(text: str | None) -> str | None:
    return text and text.replace("\r\n", "\n")


def _fault(path: str, code: str, message: str, fix: str) -> Fault:
    return Fault(path, 1, 1, code, "error", message, fix)
