"""Every way by which what somebody types reaches the product.

New routes belong into `SINKS`; what is stored without a route, into `STORES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from httpx2 import Client, Response

from kb.changes import ChangeSets
from kb.people import Person

PROCEDURE = "contact-change"
"""Of the sample content."""


@dataclass(frozen=True, slots=True)
class Sink:
    """One way in."""

    name: str
    send: Callable[[Client, str], Response]
    """Sends a text as somebody who has every role and carries the token of the session."""
    takes_all: bool = False
    """Whether every text goes there; the other sinks take them in turn."""


def _draft(changes: ChangeSets, by: Person, text: str) -> None:
    change = changes.create(by, text, reason=text)
    content = f"第一行\n{text}\n\n{text}"
    changes.save_file(change.id, "heard/contact-change.txt", content, 0, None, by)
    changes.comment(change.id, "heard/contact-change.txt", 2, text, by)


def _asked(path: str, name: str, **others: str) -> Callable[[Client, str], Response]:
    return lambda client, text: client.get(path, params={name: text, **others})


def _in_path(path: str) -> Callable[[Client, str], Response]:
    # A slash would make it another address.
    return lambda client, text: client.get(f"{path}/{text.replace('/', ' ')}")


def _feedback(client: Client, text: str) -> Response:
    said = {"verdict": "有错", "procedure": PROCEDURE, "revision": "0f" * 32, "line": text}
    return client.post("/api/v1/feedback", json=said)


def _feedback_form(client: Client, text: str) -> Response:
    said = {"verdict": "没解决", "procedure": PROCEDURE, "revision": "0f" * 32, "line": text}
    return client.post("/feedback", data=said)


def _transcript(client: Client, text: str) -> Response:
    body = {"utterances": [{"speaker": "customer", "text": text}]}
    return client.post("/api/v1/suggest-from-transcript", json=body)


def _sign_in(client: Client, text: str) -> Response:
    return client.post("/sign-in", data={"login": text, "password": text, "next": text})


SINKS = [
    Sink("desk", _asked("/", "q"), takes_all=True),
    Sink("feedback", _feedback, takes_all=True),
    Sink("desk fragment", _asked("/", "q", fragment="1")),
    Sink("panel", _asked("/panel", "q")),
    Sink("explanation", _asked("/explain", "q")),
    Sink("search", _asked("/api/v1/search", "q")),
    Sink("suggestions", _asked("/api/v1/suggest", "q")),
    Sink("transcript", _transcript),
    Sink("feedback form", _feedback_form),
    Sink("sign-in", _sign_in),
    Sink("day", _asked("/", "on", q="换号码")),
    Sink("day of the interface", _asked("/api/v1/search", "on", q="换号码")),
    Sink("region", _asked("/api/v1/search", "region", q="换号码")),
    Sink("call", _asked(f"/procedures/{PROCEDURE}", "地区")),
    Sink("call of the interface", _asked(f"/api/v1/procedures/{PROCEDURE}", "set")),
    Sink("opened hit", _asked("/", "open", q="换号码")),
    Sink("procedure", _in_path("/procedures")),
    Sink("procedure of the interface", _in_path("/api/v1/procedures")),
    Sink("regulation", _in_path("/regulations")),
    Sink("unknown page", _in_path("")),
    Sink("unknown endpoint", _in_path("/api/v1")),
    Sink("static file", _in_path("/static")),
]
STORES: dict[str, Callable[[ChangeSets, Person, str], None]] = {"draft": _draft}
"""Every text is stored by each."""
