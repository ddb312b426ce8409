"""Finds and masks identifiers of persons before anything is logged, stored or published."""

from kb.privacy.identifiers import (
    IDENTIFIER_KINDS,
    Identifier,
    find_identifiers,
    mask_identifiers,
)

__all__ = ["IDENTIFIER_KINDS", "Identifier", "find_identifiers", "mask_identifiers"]
