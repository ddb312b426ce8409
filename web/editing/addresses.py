"""Where the pages of drafts are."""

from __future__ import annotations

from urllib.parse import quote

DRAFTS = "/drafts"


def draft_href(draft_id: str) -> str:
    """Return the address of a draft."""
    return f"{DRAFTS}/{draft_id}"


def file_href(draft_id: str, path: str, part: str = "") -> str:
    """Return the address of a file in a draft, or of one of its parts: `preview`, `save`, …"""
    return f"{draft_href(draft_id)}/files/{quote(path)}" + (f"/{part}" if part else "")
