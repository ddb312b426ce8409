"""A page with the editor alone, behind the policy of the real pages, over a server that saves."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

import web
from kb.content import BLOCK_KINDS, NOTE_KINDS, parse_procedure_file
from kb.editing import check_text, complete, read_surroundings
from kb.privacy import mask_identifiers
from tests.content_samples import SAMPLE, SAMPLE_PATH, sample_files
from tests.web.processes import wait_until
from web.security import SecurityHeaders

STATIC = Path(web.__file__).parent / "static"
TOKEN = "csrf-of-the-test"  # noqa: S105 - opens nothing
TODAY = date(2026, 6, 1)
PARTS = (
    "step",
    *(f"block {kind}" for kind in BLOCK_KINDS),
    "material",
    "deadline",
    *(f"note {kind}" for kind in NOTE_KINDS),
    "follow-up",
)
KEYS = dict(zip(PARTS, "S1234567MT890Q", strict=True))


@dataclass
class EditorSite:
    """The server: one file, the saves that it acknowledged, and how it is asked to behave."""

    text: str = SAMPLE
    number: int = 3
    refusal: str = ""
    """When set, every save is refused with this message."""
    is_signed_out: bool = False
    """When true, every save is sent on to another page."""
    saves: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    address: str = ""

    def save_beside(self, text: str) -> None:
        """Save as another person does."""
        self.text, self.number = text, self.number + 1

    def page(self, _: Request) -> HTMLResponse:
        """Answer with the page."""
        return HTMLResponse(_page(self.text, self.number))

    async def save(self, request: Request) -> Response:
        """Save masked; what is saved already is answered again."""
        body = await self._body(request)
        if self.is_signed_out:
            return RedirectResponse("/", 303)
        if self.refusal:
            return JSONResponse({"error": {"message": self.refusal}}, 422)
        lines = body["text"].split("\n")
        masked = [mask_identifiers(line) for line in lines]
        kept = "\n".join(masked)
        is_repeated = body["number"] == self.number - 1 and self.text == kept
        if body["number"] != self.number and not is_repeated:
            return JSONResponse({"conflict": "/conflict"}, 409)
        if not is_repeated:
            self.save_beside(kept)
            self.saves.append(kept)
        changed = [
            {"line": row, "text": new}
            for row, (old, new) in enumerate(zip(lines, masked, strict=True), 1)
            if old != new
        ]
        return JSONResponse({"number": self.number, "masked": changed})

    async def check(self, request: Request) -> JSONResponse:
        """Answer with the faults of a text."""
        body = await self._body(request)
        self.checks.append(body["text"])
        faults = check_text(SAMPLE_PATH, body["text"], _SURROUNDINGS, TODAY)
        return JSONResponse({"faults": [fault.as_json() for fault in faults]})

    async def complete(self, request: Request) -> JSONResponse:
        """Answer with what may be written at the cursor."""
        body = await self._body(request)
        found = complete(SAMPLE_PATH, body["text"], body["line"], body["column"], _SURROUNDINGS)
        candidates = [
            {"label": item.label, "detail": item.detail, "insert": item.insert}
            for item in found.candidates
        ]
        return JSONResponse({"column": found.column, "candidates": candidates})

    async def preview(self, request: Request) -> HTMLResponse:
        """Answer with a row for each part."""
        text = (await self._body(request))["text"]
        draft = parse_procedure_file(SAMPLE_PATH, text.encode()).draft
        rows = (
            f'<p data-line="{part.line}">{escape(part.address)}</p>'
            for part in (draft.parts() if draft else ())
        )
        return HTMLResponse(f"<h2>{escape(draft.title if draft else '')}</h2>" + "".join(rows))

    async def conflict(self, request: Request) -> HTMLResponse:
        """Answer a posted form with what it held."""
        form = parse_qs((await request.body()).decode())
        rows = (f'<p id="{name}">{escape(values[0])}</p>' for name, values in form.items())
        return HTMLResponse(_ICON + "".join(rows))

    async def _body(self, request: Request) -> Mapping[str, Any]:
        self.tokens.add(request.headers.get("x-csrf-token", ""))
        body: Mapping[str, Any] = json.loads(await request.body())
        return body

    def wait_for_saved(self, part: str) -> None:
        """Wait until what is saved holds `part`."""
        wait_until(lambda: part in self.text, f"{part} is saved")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve until the end of the block."""
        names = ("save", "check", "complete", "preview", "conflict")
        routes = [Route(f"/{name}", getattr(self, name), methods=["POST"]) for name in names]
        static = Mount("/static", StaticFiles(directory=STATIC))
        pages = Starlette(routes=[Route("/", self.page), *routes, static])
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            config = uvicorn.Config(SecurityHeaders(pages, ()), log_level="warning")
            server = uvicorn.Server(config)
            thread = threading.Thread(target=server.run, args=([listener],))
            thread.start()
            self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            try:
                wait_until(lambda: server.started, "the server has started")
                yield
            finally:
                server.should_exit = True
                thread.join()


_SURROUNDINGS = read_surroundings(sample_files())
_ICON = '<link rel="icon" href="/static/icon.svg">'


def _page(text: str, number: int) -> str:
    inserts = "".join(
        f'<button type="button" data-insert="{part}" aria-keyshortcuts="Alt+{key}">{part}</button>'
        for part, key in KEYS.items()
    )
    styles = "".join(
        f'<link rel="stylesheet" href="/static/style/{name}.css">'
        for name in ("tokens", "frame", "editor")
    )
    styles += "".join(
        f'<link rel="stylesheet" href="/static/style/{name}.css" data-sheet="{name}">'
        for name in ("dark", "contrast")
    )
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>编辑</title>
<meta name="csrf" content="{TOKEN}">{_ICON}{styles}
<script src="/static/appearance.js"></script>
<script type="module" src="/static/editor/main.js"></script></head><body>
<form method="post" action="/conflict">
<input type="hidden" name="csrf" value="{TOKEN}">
<input type="hidden" name="number" value="{number}" autocomplete="off">
<div class="editor">
<div id="kb_inserts" class="inserts" role="toolbar" aria-label="插入">{inserts}</div>
<button type="button" id="kb_plain" aria-pressed="false">纯文本</button>
<label for="kb_text">正文</label>
<textarea id="kb_text" name="text" autocomplete="off" spellcheck="false" data-editor
 data-check="/check" data-complete="/complete" data-preview="/preview" data-save="/save">
{escape(text)}</textarea>
<p id="kb_saved" role="status"></p>
<section id="kb_faults" aria-label="检查结果"></section>
</div>
<button id="submit">保存</button>
</form>
<section id="kb_preview" aria-label="预览" tabindex="0"></section>
</body></html>"""
