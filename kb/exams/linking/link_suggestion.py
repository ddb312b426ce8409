"""What is suggested for an item, with the words that speak for it."""

from __future__ import annotations

from dataclasses import dataclass

from kb.content import Part, Pin, pin_hash
from kb.exams.linking.decision import LINK_THRESHOLD
from kb.exams.linking.shared_words import LinkReason
from kb.indexing import Card


@dataclass(frozen=True, slots=True)
class SuggestedPart:
    """A part of a procedure that may decide the answer."""

    procedure_id: str
    part: Part
    label: str
    """What staff call it: 步骤3·必说."""
    score: float
    """Comparable within one item."""
    reasons: tuple[LinkReason, ...]
    is_pinned: bool
    """Whether the item is pinned to it already."""

    @property
    def target(self) -> str:
        """`procedure#address`."""
        return f"{self.procedure_id}#{self.part.address}"

    @property
    def block_hash(self) -> str:
        """The digits with which a pin to it is confirmed."""
        return pin_hash(self.part)


@dataclass(frozen=True, slots=True)
class LinkSuggestion:
    """A procedure that may answer an item."""

    card: Card
    score: float
    """Comparable within one item."""
    reasons: tuple[LinkReason, ...]
    """What title, summary, keywords or customers' words share with the item; may be empty."""
    parts: tuple[SuggestedPart, ...]
    """Best first."""
    is_pinned: bool
    """Whether the item is pinned to a part of it already."""


@dataclass(frozen=True, slots=True)
class ItemLinks:
    """What is suggested for one item."""

    suggestions: tuple[LinkSuggestion, ...]
    """Best first; when nothing answers they are weak candidates."""
    confidence: float
    """Calibrated probability, 0 to 1, that a procedure answers the item."""

    @property
    def is_answered(self) -> bool:
        """Whether a procedure answers the item; otherwise: 无对应规程."""
        return self.confidence >= LINK_THRESHOLD


def names_part(pin: Pin, procedure_id: str, part: Part) -> bool:
    """Return whether a pin leads to a part, there or where it stood when it was confirmed."""
    return pin.procedure_id == procedure_id and (
        pin.address == part.address or pin.block_hash == pin_hash(part)
    )
