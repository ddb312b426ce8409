"""Decides whether any procedure answers an item: a paper may be about anything.

As for queries (`kb.search.confidence`), but an item is long, and hardly ever are all of its words
in one procedure. What tells instead is how much of it any procedure knows at all.
"""

from __future__ import annotations

import math
from typing import NamedTuple

LINK_THRESHOLD = 0.4
"""Probability from which on an item has a procedure; refuses 2 in 100 that have one."""


class LinkSigns(NamedTuple):
    """What tells whether a procedure answers an item."""

    lead: float
    """See `kb.search.intent_model.Recognition.lead`."""
    is_foreign: float
    """1 when the item names the business of others and the best hit does not."""
    known: float
    """Share of the item, by weight and rarity of its pairs, that any candidate speaks of."""


INTERCEPT = -4.28
COEFFICIENTS = LinkSigns(lead=0.97, is_foreign=-0.62, known=4.79)
"""Log-odds for a unit of each sign: a logistic regression over the tuning half of the bank, with
and without answers, against judged items and queries of others."""


def confidence_of(signs: LinkSigns) -> float:
    """Return the probability, 0 to 1, that a procedure answers the item with these signs."""
    log_odds = INTERCEPT + sum(map(float.__mul__, COEFFICIENTS, signs))
    return 1 / (1 + math.exp(-log_odds))
