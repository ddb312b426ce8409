"""The published text moved on since a draft was begun: what to show, and what to make of it."""

from __future__ import annotations

from dataclasses import dataclass

from kb.changes.change_set import ChangeSet
from kb.changes.merging import MergeKind, MergeRegion, merge_regions, merged_text
from kb.content import ContentFiles


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file of a change set whose published text is not the one that was changed."""

    path: str
    base: str | None
    """What was changed; None where there was no file."""
    ours: str | None
    """What the draft makes of it; None: deleted."""
    theirs: str | None
    """What is published now; None: deleted."""

    @property
    def regions(self) -> list[MergeRegion]:
        """The three texts beside each other; a missing one is empty."""
        return merge_regions(self.base or "", self.ours or "", self.theirs or "")

    @property
    def is_clean(self) -> bool:
        """Whether both changes can stand together, as far as a program can tell."""
        if self.ours is None or self.theirs is None:
            return self.ours == self.theirs
        return all(region.kind is not MergeKind.CONFLICT for region in self.regions)

    @property
    def merged(self) -> str | None:
        """Both changes together, those that contradict each other between marks.

        Where one side deleted the file, the text of the other; None where both did.
        """
        if self.ours is None or self.theirs is None:
            return self.theirs if self.ours is None else self.ours
        return merged_text(self.regions)


def published_text(files: ContentFiles, path: str) -> str | None:
    """Return the text of a published file as drafts keep it, None when there is none."""
    data = files.get(path)
    return None if data is None else data.decode("utf-8", "replace")


def find_conflicts(change: ChangeSet, published: ContentFiles) -> list[Conflict]:
    """Return a conflict for each file of `change` whose published text moved on, by path."""
    return [
        Conflict(file.path, file.base, file.content, theirs)
        for file in change.files
        if (theirs := published_text(published, file.path)) != file.base
    ]
