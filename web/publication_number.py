"""The number of a publication, as addresses and forms hold it."""

from __future__ import annotations

import re

from kb.errors import QueryInvalid

# Longer ones would not fit into the database.
_NUMBER = re.compile(r"[0-9]{1,9}")


def read_publication_number(text: str) -> int:
    """Return the number. Raises QueryInvalid."""
    if not _NUMBER.fullmatch(text):
        raise QueryInvalid("没有说明是第几号发布。")
    return int(text)
