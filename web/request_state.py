"""What the address of a page says: query, day, event, and the call context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from kb.answer import CallContext
from kb.clock import read_day
from kb.knowledge_view import KnowledgeView
from kb.search_events import read_search_id

_OWN_NAMES = ("q", "on", "event", "open", "fragment", "search_id")


@dataclass(frozen=True, slots=True)
class RequestState:
    """A page's address as values; every link on the page keeps what it does not change."""

    query: str
    on: date | None
    event_on: date | None
    opened: str
    """Id of the hit that is open; empty for the first."""
    search_id: str
    """Which question this belongs to, for its search event; empty when it names none."""
    given: Mapping[str, str]
    """Call context as written: key → answer."""

    def context(self, view: KnowledgeView) -> CallContext:
        """Return the call context. Raises CallContextInvalid."""
        pairs = (f"{key}={value}" for key, value in self.given.items())
        return view.call_context(pairs, self.event_on)

    def values(self) -> dict[str, str]:
        """Return the state as an address or a form holds it: name → value, empty ones left out."""
        values = {
            "q": self.query,
            "open": self.opened,
            "search_id": self.search_id,
            "on": self.on.isoformat() if self.on else "",
            "event": self.event_on.isoformat() if self.event_on else "",
            **self.given,
        }
        return {name: value for name, value in values.items() if value}

    def href(self, path: str) -> str:
        """Return the address of `path` that carries this state."""
        text = urlencode(self.values())
        return f"{path}?{text}" if text else path

    def opening(self, procedure_id: str) -> RequestState:
        """Return the state with another hit open."""
        return replace(self, opened=procedure_id)

    def asking(self, query: str) -> RequestState:
        """Return the state with another wording, its first hit open."""
        return replace(self, query=query, opened="")

    def named(self, search_id: str) -> RequestState:
        """Return the state as part of another question."""
        return replace(self, search_id=search_id)

    def answering(self, key: str, value: str) -> RequestState:
        """Return the state with a question answered, or with its answer taken back."""
        given = {name: answer for name, answer in self.given.items() if name != key}
        if self.given.get(key) != value:
            given[key] = value
        return replace(self, given=given)

    def without_search(self) -> RequestState:
        """Return the state as other pages need it: day and call, no query."""
        return replace(self, query="", opened="", search_id="")

    def on_day(self, day: date) -> RequestState:
        """Return the state on another day."""
        return replace(self, on=day)

    def without_event(self) -> RequestState:
        """Return the state with deadlines counted from the day shown."""
        return replace(self, event_on=None)

    def without_day(self) -> RequestState:
        """Return the state as of today."""
        return replace(self, on=None)


def read_request_state(params: QueryParams) -> RequestState:
    """Return the state in a page's query string. Raises QueryInvalid for malformed dates."""
    return RequestState(
        query=params.get("q", "").strip(),
        on=read_day(params.get("on", "")),
        event_on=read_day(params.get("event", "")),
        opened=params.get("open", ""),
        search_id=read_search_id(params.get("search_id", "")),
        given={key: value for key, value in params.items() if key not in _OWN_NAMES and value},
    )
