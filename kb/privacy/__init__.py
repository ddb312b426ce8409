"""Finds and masks identifiers of persons before anything is logged, stored or published."""

from kb.privacy.identifiers import (
    IDENTIFIER_KINDS,
    Identifier,
    find_identifiers,
    mask_identifiers,
)
from kb.privacy.logs import mask_logs
from kb.privacy.masked_lines import MaskedText, mask_lines
from kb.privacy.stored_text import mask_stored_text

__all__ = [
    "IDENTIFIER_KINDS",
    "Identifier",
    "MaskedText",
    "find_identifiers",
    "mask_identifiers",
    "mask_lines",
    "mask_logs",
    "mask_stored_text",
]
