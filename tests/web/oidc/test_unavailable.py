"""A provider that is away, slow or not the one it should be."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kb.errors import ProviderUnavailable
from kb.people.oidc import OidcAnswer
from kb.settings import Settings
from tests.kb.state.databases import upgraded
from tests.web.oidc.desk import Desk
from tests.web.oidc.provider import CLIENT_SECRET
from tests.web.oidc.running import RunningProvider, visit
from tests.web.processes import free_port

FAILURES = ("broken", "page", "list", "elsewhere", "slow")


@pytest.fixture(autouse=True)
def _impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.people.oidc.provider.TIMEOUT_SECONDS", 0.5)


@pytest.fixture
def away(tmp_path: Path) -> Desk:
    """Our side, whose provider is not there."""
    return Desk(RunningProvider(free_port()), upgraded(Settings(data_dir=tmp_path)))


def test_a_provider_that_is_away_is_said(away: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ProviderUnavailable, match="登录名和密码"):
        away.sign_in.begin("/")
    assert "cannot be asked: ConnectError" in caplog.text


@pytest.mark.parametrize(
    "fault",
    [
        *(f"metadata:{failure}" for failure in FAILURES),
        "metadata-of-another-issuer",
        "endpoint-is-a-script",
        "endpoint-missing",
        "no-pkce",
    ],
)
def test_nobody_is_sent_to_a_provider_that_is_not_as_it_should_be(
    desk: Desk, provider: RunningProvider, fault: str
) -> None:
    provider.does(fault)

    with pytest.raises(ProviderUnavailable):
        desk.sign_in.begin("/")


@pytest.mark.parametrize(
    "fault",
    [
        *(f"token:{failure}" for failure in FAILURES),
        *(f"keys:{failure}" for failure in FAILURES),
        "keys-are-nonsense",
    ],
)
def test_a_provider_that_fails_in_the_middle_signs_nobody_in(
    desk: Desk, provider: RunningProvider, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    provider.does(fault)
    start = desk.sign_in.begin("/")
    code = visit(start.address)["code"]

    with caplog.at_level(logging.INFO), pytest.raises(ProviderUnavailable):
        desk.sign_in.finish(OidcAnswer(start.state, start.state, code, "", ""))
    assert "cannot be asked" in caplog.text
    secrets = (code, start.state, CLIENT_SECRET)
    assert [secret for secret in secrets if secret in caplog.text] == []


def test_a_provider_that_is_away_is_not_asked_again_at_once(
    away: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        with pytest.raises(ProviderUnavailable):
            away.sign_in.begin("/")

    assert caplog.text.count("cannot be asked") == 1


def test_a_provider_that_comes_back_is_asked_again(
    desk: Desk, provider: RunningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.does("metadata:broken")
    with pytest.raises(ProviderUnavailable):
        desk.sign_in.begin("/")
    monkeypatch.setattr("kb.people.oidc.kept.PAUSE_SECONDS", 0.0)
    provider.does()

    assert desk.sign_in.begin("/").address.startswith(f"{provider.issuer}/authorize?")
