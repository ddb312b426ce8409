"""Masks texts that are stored: more strictly than what people read back."""

from __future__ import annotations

import re

from kb.privacy.identifiers import mask_identifiers

_BETWEEN = r"[\s/／_＿,，.．－-]"


def _harmless(separator: str) -> str:
    """Return the pattern of what says of itself that it is nobody's number.

    A day, an amount, a standard, a service line, a postal code. A group of it has a name, which
    may stand in a pattern once.
    """
    return rf"""
        (?<!\d)(?<!\d[-/.])(?:
            (?:19|20)\d\d(?:
                (?P<{separator}>[-/.])(?:0?[1-9]|1[0-2])(?P={separator})(?:0?[1-9]|[12]\d|3[01])
                | (?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])
            )(?![-/.]?\d)
            | \d{{1,3}}(?:,\d{{3}}){{1,3}}(?:\.\d+)?(?!,?\d)
            | \d{{1,10}}(?:\.\d+)?\s?[元块万亿%％]
            | [48]00-\d{{3,4}}-?\d{{3,4}}(?!\d)
        )
        | [¥￥]\s?\d{{1,10}}(?:\.\d+)?(?!\d)
        | gb(?:/t)?\s?\d{{4,6}}-\d{{4}}(?!\d)
        | 邮编\s?\d{{6}}(?!\d)
    """


_LONG_NUMBER = re.compile(
    rf"""
    (?P<harmless>{_harmless("first")})
    | [a-z]{{0,4}}\d(?:(?!{_BETWEEN}{_harmless("next")}){_BETWEEN}?\d){{5,}}
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Six digits and more, however they are set apart: nobody needs them afterwards."""


def mask_stored_text(text: str) -> str:
    """Return `text` masked once more, whatever its sender did, and without any long number.

    Only what can be printed stays: PostgreSQL stores no NUL, nothing stores half a surrogate pair,
    and a terminal that lists the texts obeys control characters.
    """
    printable = "".join(filter(str.isprintable, text))
    return _LONG_NUMBER.sub(_unless_harmless, mask_identifiers(printable))


def _unless_harmless(match: re.Match[str]) -> str:
    return match["harmless"] or "〈号码〉"
