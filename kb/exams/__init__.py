"""What is made of exam items: who may see which, whether they still hold, what they leave out.

The items themselves are content (`kb.content`), drafted, approved and published like procedures.
"""

from kb.exams.bank import BankedItem, ItemBank, visible_banks
from kb.exams.confirmation import confirm_pins, confirmed_files
from kb.exams.contradiction import Contradiction, contradictions
from kb.exams.coverage import (
    COVERED_KINDS,
    CoverageCell,
    CoverageRow,
    CoveredKind,
    CoveredPart,
    coverage,
    coverage_table,
)
from kb.exams.staleness import ItemStanding, PinStanding, PinState, Staleness

__all__ = [
    "COVERED_KINDS",
    "BankedItem",
    "Contradiction",
    "CoverageCell",
    "CoverageRow",
    "CoveredKind",
    "CoveredPart",
    "ItemBank",
    "ItemStanding",
    "PinStanding",
    "PinState",
    "Staleness",
    "confirm_pins",
    "confirmed_files",
    "contradictions",
    "coverage",
    "coverage_table",
    "visible_banks",
]
