"""Addresses of parts, and the hash that exam items and approvals pin.

A block hash covers text, conditions, citations and children, so it changes when the meaning may
have changed; position and anchor are left out, so moving a step changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from kb.content.exam_item import PIN_HASH_CHARS, Pin
from kb.content.procedure import Deadline, Material, Part, Procedure, Step, prose_of


def part_at(procedure: Procedure, address: str) -> Part | None:
    """Return the part at `address` (`verify`, `verify/必说/1`, `时效/退还现金价值`), or None."""
    return next((part for part in procedure.parts() if part.address == address), None)


def block_hash(part: Part) -> str:
    """Return the sha256 (hexadecimal) of what the part says and when it applies."""
    canonical = json.dumps(_canonical(part), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def pin_hash(part: Part) -> str:
    """Return the digits with which a pin to the part is confirmed."""
    return block_hash(part)[:PIN_HASH_CHARS]


def pinned_part(procedure: Procedure, pin: Pin) -> Part | None:
    """Return the part that says what the pin was confirmed for, or None.

    Moved within its procedure it is found at its new address.
    """
    named = part_at(procedure, pin.address)
    if named is not None and pin_hash(named) == pin.block_hash:
        return named
    return next((part for part in procedure.parts() if pin_hash(part) == pin.block_hash), None)


def _canonical(part: Part) -> list[object]:
    proses = prose_of(part)
    return [
        type(part).__name__,
        _collapse(_own_words(part)),
        [_collapse(prose.raw) for prose in proses],
        str(part.condition),
        [str(citation) for prose in proses for citation in prose.citations],
        [_canonical(block) for block in part.blocks] if isinstance(part, Step) else [],
        part.needs_verification if isinstance(part, Step) else False,
    ]


def _own_words(part: Part) -> str:
    """Return what a part says outside its prose: kind, name, question or terms."""
    if isinstance(part, Deadline):
        terms = " ".join(f"{term.wording} {term.starts_from}" for term in part.terms)
        return f"{part.name} {terms} {part.rolls_over}"
    if isinstance(part, Material):
        return part.name
    return str(getattr(part, "kind", "") or getattr(part, "question", ""))


def _collapse(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
