"""What has to be looked at again: places and exam items that rest on a changed regulation, and
review dates.

Which those are is derived from the content. `store` keeps who does it and how far it is; it needs
the database and is imported where it is used.
"""

from kb.reviewing.citing_items import CitingItem
from kb.reviewing.due import AHEAD_DAYS, DueReview, due_reviews, reviews_in_month
from kb.reviewing.history import BlockHashes, ContentHistory, HashesBefore
from kb.reviewing.impact import CitingPart, RegulationImpact, regulation_impacts, state_of
from kb.reviewing.task import MAX_NOTE_CHARS, ReviewKey, ReviewKind, ReviewState, ReviewTask

__all__ = [
    "AHEAD_DAYS",
    "MAX_NOTE_CHARS",
    "BlockHashes",
    "CitingItem",
    "CitingPart",
    "ContentHistory",
    "DueReview",
    "HashesBefore",
    "RegulationImpact",
    "ReviewKey",
    "ReviewKind",
    "ReviewState",
    "ReviewTask",
    "due_reviews",
    "regulation_impacts",
    "reviews_in_month",
    "state_of",
]
