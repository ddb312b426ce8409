"""The offline copy: all procedures in force and their search in one file, for system outages."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kb.indexing import Card
from kb.knowledge_view import KnowledgeView
from web.documents.contexts import OfflineCopy
from web.documents.reading import read_answers
from web.templating import make_environment, render

_HERE = Path(__file__).parent
_STYLES = (_HERE.parent / "static" / "document.css", _HERE / "offline.css")
_SCRIPT = _HERE / "offline.js"


def offline_copy(view: KnowledgeView, expires: date) -> str:
    """Return the file as HTML, usable up to the day `expires`; it loads nothing."""
    groups = {name: cards for name, cards in view.by_category().items() if cards}
    cards = [card for listed in groups.values() for card in listed]
    script = _read(_SCRIPT)
    copy = OfflineCopy(
        day=view.today,
        expires=expires,
        generation=view.health().generation,
        categories={
            name: read_answers(view, listed, view.today) for name, listed in groups.items()
        },
        ids=frozenset(card.id for card in cards),
        style=_read(*_STYLES),
        script=script,
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
        table=_embedded(_table(view, cards)),
    )
    return render(make_environment(), "documents/offline.html", copy)


def _read(*paths: Path) -> Markup:
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    return Markup(text)  # noqa: S704 - our own files


def _table(view: KnowledgeView, cards: list[Card]) -> dict[str, Any]:
    table = view.lookup_table(cards)
    return {
        "ids": [card.id for card in cards],
        "postings": table.postings,
        "characters": table.characters,
        "sounds": table.sounds,
        "fillers": table.fillers,
    }


def _embedded(value: dict[str, Any]) -> Markup:
    """Return JSON that cannot end the element in which it stands."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - nothing in it is markup
