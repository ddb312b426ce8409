"""Every vector in every authored field, on every page, in Chromium: nothing of it may run."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from kb.state import open_database, upgrade_database
from tests.browser.server import DeskServer
from tests.reliability.hostile_content import HostileText, hostile_files, place
from tests.reliability.watched_page import WatchedPage
from tests.reliability.xss_sinks import OVERVIEWS, SINKS, HostilePlace
from tests.web.site import Site, site_of
from web.documents.offline import offline_copy

VECTORS = Path(__file__).parents[1] / "attacks" / "xss.jsonl"
_WITHOUT_ESCAPING = Path(__file__).parent / "without_escaping"
"""A folder whose `sitecustomize` every Python process loads that finds it on its path."""
_FAR_AWAY = date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class XssFigures:
    """What came of it."""

    vectors: int
    placements: int
    """Fields of content that held a vector."""
    pages: int
    """That were looked through."""
    findings: Mapping[str, set[str]]
    """Address → what happened there."""


def read_vectors() -> list[str]:
    """Return the texts of the corpus."""
    lines = VECTORS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def run_xss(
    folder: Path, browser: Browser, vectors: Sequence[str], *, is_escaped: bool = True
) -> XssFigures:
    """Return what `vectors` did on a site of their own below `folder`."""
    texts = place(vectors)
    site = site_of(folder, hostile_files(texts))
    faults = site.view().health().faults
    assert not faults, faults
    engine = open_database(site.settings)
    upgrade_database(engine)
    path = [str(_WITHOUT_ESCAPING)] if not is_escaped else []
    environment = {
        "PYTHONPATH": os.pathsep.join([*path, os.environ.get("PYTHONPATH", "")]),
        "KB_CONTENT_DIR": str(site.content),
    }
    server = DeskServer(site, folder / "log.txt", environment)
    context = browser.new_context(locale="zh-CN")
    try:
        with server.running():
            page = WatchedPage(context, server.address)
            _look_through(HostilePlace(engine, context, page), texts)
        copy = WatchedPage(context, _written_copy(site, folder).as_uri())
        _search_in(copy, texts)
    finally:
        context.close()
    return XssFigures(
        vectors=len(texts),
        placements=sum(len(text.taken) for text in texts),
        pages=page.count + copy.count,
        findings=page.findings | copy.findings,
    )


def _look_through(hostile: HostilePlace, texts: Sequence[HostileText]) -> None:
    hostile.sign_in("林晓")
    for text in texts:
        for look in SINKS.values():
            look(hostile, text)
    for address in OVERVIEWS:
        hostile.page.open(address)


def _written_copy(site: Site, folder: Path) -> Path:
    path = folder / "offline.html"
    path.write_text(offline_copy(site.view(), _FAR_AWAY), encoding="utf-8")
    return path


def _search_in(copy: WatchedPage, texts: Sequence[HostileText]) -> None:
    """Search the offline copy for every text."""
    copy.open("")
    for text in texts:
        copy.page.locator("#kb_q").fill(text.text)
        copy.inspect()
