"""Brings queries and content to one written form before anything looks at them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from kb.search.numbers import AMOUNT

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
CJK_RUN = re.compile(f"[{_CJK}]+")
TOKEN_RUN = re.compile(f"{AMOUNT}|[{_CJK}]+|[a-z0-9]+(?:\\.[0-9]+)*")
_WHITE_SPACE = re.compile(r"\s+")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def normalise(text: str) -> str:
    """Return `text` in NFKC, lower case, simplified characters, with single spaces."""
    # Lone surrogates are no text; OpenCC would fail on them.
    text = text.encode(errors="replace").decode()
    folded = unicodedata.normalize("NFKC", text).lower()
    if not folded.isascii():
        folded = _to_simplified().convert(folded)
    return _WHITE_SPACE.sub(" ", folded).strip()
