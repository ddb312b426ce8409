"""The offline copy: all procedures in force and their search in one file, for system outages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kb.knowledge_view import KnowledgeView
from web.documents.contexts import OfflineCopy
from web.documents.reading import ids_of, read_answers
from web.templating import context_values, make_environment

_HERE = Path(__file__).parent
_STYLES = (_HERE.parent / "static" / "document.css", _HERE / "offline.css")
_SCRIPT = _HERE / "offline.js"


def offline_copy(view: KnowledgeView, expires: date) -> str:
    """Return the file as HTML, usable up to the day `expires`; it loads nothing."""
    categories = {
        name: read_answers(view, cards, view.today)
        for name, cards in view.by_category().items()
        if cards
    }
    answers = [answer for listed in categories.values() for answer in listed]
    template = make_environment().get_template("documents/offline.html")
    copy = OfflineCopy(
        day=view.today,
        expires=expires,
        generation=view.health().generation,
        categories=categories,
        ids=ids_of(answers),
        style=_read(*_STYLES),
        script=_read(_SCRIPT),
        table=_embedded(_table(view, [answer.procedure.id for answer in answers])),
    )
    return template.render(context_values(copy))


def _read(*paths: Path) -> Markup:
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    return Markup(text)  # noqa: S704 - our own files


def _table(view: KnowledgeView, ids: list[str]) -> dict[str, Any]:
    table = view.lookup_table(ids)
    return {
        "ids": ids,
        "postings": table.postings,
        "characters": table.characters,
        "sounds": table.sounds,
        "fillers": table.fillers,
    }


def _embedded(value: dict[str, Any]) -> Markup:
    """Return JSON that cannot end the element in which it stands."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - nothing in it is markup
