"""Which procedures and parts answer an exam item, with reasons, or that none does."""

from kb.exams.linking.link_suggestion import ItemLinks, LinkSuggestion, SuggestedPart
from kb.exams.linking.linker import PARTS_SUGGESTED, PROCEDURES_SUGGESTED, Linker
from kb.exams.linking.shared_words import LinkReason

__all__ = [
    "PARTS_SUGGESTED",
    "PROCEDURES_SUGGESTED",
    "ItemLinks",
    "LinkReason",
    "LinkSuggestion",
    "Linker",
    "SuggestedPart",
]
