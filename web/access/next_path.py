"""Where to go after signing in: a page of this site, whatever an address says."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from starlette.requests import Request

HOME = "/"
# Segments are never empty, so that no `//` can name another host; no backslash, which browsers read
# as a slash; no control characters, which they leave out; none of them percent-encoded either.
_SEGMENT = r"(?:[\w.~@:,+-]|%(?![01]|2[fF]|5[cC]|7[fF])[0-9a-fA-F]{2})+"
_PATH = re.compile(rf"/(?:{_SEGMENT}(?:/{_SEGMENT})*/?)?(?:\?[^\s\\#<>\"\x00-\x20\x7f]*)?")


def read_next_path(text: str) -> str:
    """Return the path and query that an address names, or the first page for anything else."""
    return text if _PATH.fullmatch(text) else HOME


def sign_in_address(request: Request) -> str:
    """Return the address of the sign-in that leads back to what was asked for."""
    query = f"?{request.url.query}" if request.url.query else ""
    # The path as the server has decoded it: that of `request.url` is half encoded again.
    next_path = read_next_path(quote(request.scope["path"]) + query)
    return "/sign-in" if next_path == HOME else f"/sign-in?{urlencode({'next': next_path})}"
