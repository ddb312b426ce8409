"""Masks texts that are stored: more strictly than what people read back."""

from __future__ import annotations

import re

from kb.privacy.identifiers import mask_identifiers

_LONG_NUMBER = re.compile(r"[a-z]{0,4}\d(?:[\s/／_＿,，.．－-]?\d){5,}", re.IGNORECASE)
"""Six digits and more, however they are set apart: nobody needs them afterwards."""


def mask_stored_text(text: str) -> str:
    """Return `text` masked once more, whatever its sender did, and without any long number.

    Only what can be printed stays: PostgreSQL stores no NUL, nothing stores half a surrogate pair,
    and a terminal that lists the texts obeys control characters.
    """
    printable = "".join(filter(str.isprintable, text))
    return _LONG_NUMBER.sub("〈号码〉", mask_identifiers(printable))
