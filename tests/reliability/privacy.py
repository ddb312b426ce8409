"""Identifiers through every way in: none may be left in logs, database, index and error pages."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from httpx2 import Client
from sqlalchemy import Engine, func, select

from kb.changes import ChangeSets
from kb.clock import shanghai_now
from kb.people import Person, Role
from kb.people.accounts import Accounts
from kb.people.sessions import begin_session, csrf_token
from kb.settings import Settings
from kb.state import open_database
from kb.state.tables import feedback, search_events
from tests.attacks.identifiers import SyntheticText, texts_with_identifiers
from tests.content_samples import sample_files, write_folder
from tests.dictionaries import lay_dictionary
from tests.reliability.leaks import RawIdentifiers, files_below, leaks_in, tables_of
from tests.reliability.sinks import SINKS, STORES, Sink
from tests.web.processes import RunningServer, wait_until

_WITHOUT_MASKS = Path(__file__).parent / "without_masks"
"""A folder whose `sitecustomize` every Python process loads that finds it on its path."""


@dataclass(frozen=True, slots=True)
class PrivacyFigures:
    """What came of it."""

    texts: int
    sent: Mapping[str, int]
    """Sink → how many texts it took."""
    stored: Mapping[str, int]
    """Table → its rows."""
    characters: int
    """That were looked through."""
    leaks: Mapping[str, set[str]]
    """Place → identifiers that stand there."""


def run_privacy(folder: Path, count: int, *, is_masked: bool = True) -> PrivacyFigures:
    """Return what is left of `count` texts in and around a server of its own below `folder`."""
    texts = list(texts_with_identifiers(count))
    settings = Settings(content_dir=folder / "content", data_dir=folder / "data")
    write_folder(settings.content_dir, sample_files())
    lay_dictionary(settings.index_dir)
    path = [str(_WITHOUT_MASKS)] if not is_masked else []
    environment = {"PYTHONPATH": os.pathsep.join([*path, os.environ.get("PYTHONPATH", "")])}
    server = RunningServer(settings.content_dir, settings.data_dir, environment)
    try:
        server.wait_until_ready()
        engine = open_database(settings)
        person = Accounts(engine).create(None, "everybody", "林晓", frozenset(Role))
        with _client_of(person, server, engine) as client:
            sent, told = _send(client, texts)
        for store in STORES.values():
            for text in texts:
                store(ChangeSets(engine), person, text.text)
        wait_until(lambda: _rows(engine)["search_events"] >= sent["desk"], "the searches")
        stored = _rows(engine)
    finally:
        server.end()
    places = [*files_below(folder), *tables_of(engine), ("answers", "\n".join(told))]
    raw = RawIdentifiers(item for text in texts for item in text.identifiers)
    characters = sum(len(content) for _, content in places)
    return PrivacyFigures(count, sent, stored, characters, leaks_in(raw, places))


def _client_of(person: Person, server: RunningServer, engine: Engine) -> Client:
    """Return a client in which somebody is signed in."""
    with engine.begin() as connection:
        session_id = begin_session(connection, person, shanghai_now())
    return Client(
        base_url=f"http://127.0.0.1:{server.port}",
        cookies={"kb_session": session_id},
        headers={"X-CSRF-Token": csrf_token(session_id)},
        timeout=60,
    )


def _send(client: Client, texts: list[SyntheticText]) -> tuple[Counter[str], list[str]]:
    """Return how many texts each sink took, and what it told of those that it refused."""
    sent: Counter[str] = Counter()
    told = []
    for text, sinks in zip(texts, _turns(), strict=False):
        for sink in sinks:
            response = sink.send(client, text.text)
            assert response.status_code < 500, f"{sink.name}: {response.text}"
            sent[sink.name] += 1
            if not response.is_success:
                told.append(f"{response.headers}\n{response.text}")
    return sent, told


def _turns() -> Iterator[list[Sink]]:
    """Yield to which sinks each text goes."""
    always = [sink for sink in SINKS if sink.takes_all]
    for sink in cycle([sink for sink in SINKS if not sink.takes_all]):
        yield [*always, sink]


def _rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (search_events, feedback)
        }
