"""What is known about the call: set once, used by every answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kb.content import CALL_KEYS, REGION, VERIFIED, Vocabulary, did_you_mean
from kb.errors import CallContextInvalid

VERIFIED_YES = "已核"


@dataclass(frozen=True, slots=True)
class CallContext:
    """The answers given so far."""

    given: Mapping[str, str] = field(default_factory=dict)
    """Key of the vocabulary or of a procedure's `asks` → answer."""
    event_on: date | None = None
    """Day on which deadlines start to run; None means the day of the answer."""

    @property
    def is_verified(self) -> bool:
        """Whether the caller's identity has been verified."""
        return self.given.get(VERIFIED) == VERIFIED_YES

    @property
    def region(self) -> str | None:
        """The caller's region, if known."""
        return self.given.get(REGION)


def read_call_context(
    pairs: Iterable[str], vocabulary: Vocabulary, event_on: date | None = None
) -> CallContext:
    """Return the context written as `键=值` pairs; a later pair replaces an earlier one.

    Keys of the vocabulary take only its values. Other keys belong to a procedure's `asks` and
    are kept as they are: they mean nothing to procedures that do not ask them. An empty value
    clears the key. Raises CallContextInvalid.
    """
    given: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = (piece.strip() for piece in pair.partition("="))
        if not equals or not key:
            raise CallContextInvalid(f"“{pair}”写法不对，应为 键=值，如 来电人=投保人。")
        known = vocabulary.values(key)
        if key in CALL_KEYS and value and value not in known:
            raise CallContextInvalid(f"“{key}”没有“{value}”这个值。{did_you_mean(value, known)}")
        given.pop(key, None)
        if value:
            given[key] = value
    return CallContext(given, event_on)
