"""Regions: which one a query names, and which lie around it."""

from __future__ import annotations

from collections.abc import Mapping

from kb.content import did_you_mean
from kb.errors import CallContextInvalid
from kb.search.text import normalise


class Regions:
    """The regions of the vocabulary, each inside another up to the whole country."""

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        """Take region → the one around it, or None at the top."""
        self._parents = parents
        self._named = [name for name, parent in parents.items() if parent]

    def named_in(self, text: str) -> str:
        """Return the region that a query names, or none: of two it may be about either.

        广东深圳 is one: the smaller. The whole country is no region that is named.
        """
        written = normalise(text)
        named = [name for name in self._named if name in written]
        smallest = [name for name in named if set(named) <= set(self.chain(name))]
        return smallest[0] if smallest else ""

    def chain(self, region: str) -> tuple[str, ...]:
        """Return a region and those around it, the smallest first; empty for no region.

        Raises CallContextInvalid for a region that is not in the vocabulary.
        """
        if not region:
            return ()
        if region not in self._parents:
            raise CallContextInvalid(f"没有地区“{region}”。{did_you_mean(region, self._parents)}")
        chain = [region]
        while parent := self._parents[chain[-1]]:
            chain.append(parent)
        return tuple(chain)
