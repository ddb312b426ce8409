"""One provider for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.settings import Settings
from tests.kb.state.databases import upgraded
from tests.web.oidc.desk import Desk
from tests.web.oidc.running import RunningProvider, running_provider


@pytest.fixture(scope="package")
def running() -> Iterator[RunningProvider]:
    """Give the process."""
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: RunningProvider) -> RunningProvider:
    """Return the provider, which does nothing wrong."""
    running.does()
    return running


@pytest.fixture
def desk(provider: RunningProvider, tmp_path: Path) -> Desk:
    """Return our side, with an account for who comes."""
    desk = Desk(provider, upgraded(Settings(data_dir=tmp_path)))
    desk.add()
    return desk
