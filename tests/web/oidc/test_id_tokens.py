"""Tokens that prove nothing are refused, and nothing of them is logged."""

from __future__ import annotations

import logging

import pytest

from kb.errors import ProviderAnswerRefused
from kb.people.oidc import OidcAnswer
from tests.web.oidc.desk import Desk
from tests.web.oidc.provider import CLIENT_SECRET
from tests.web.oidc.running import RunningProvider, visit
from tests.web.oidc.tokens import BAD_TOKENS


@pytest.mark.parametrize("fault", [*BAD_TOKENS, "no-id-token", "token:refused"])
def test_a_token_that_proves_nothing_is_refused_and_not_logged(
    desk: Desk, provider: RunningProvider, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    provider.does(fault)
    start = desk.sign_in.begin("/")
    brought = visit(start.address)
    answer = OidcAnswer(start.state, start.state, brought["code"], "", brought["iss"])

    with caplog.at_level(logging.INFO), pytest.raises(ProviderAnswerRefused, match="没有通过核对"):
        desk.sign_in.finish(answer)
    assert desk.is_empty_of_sessions()
    assert "was refused" in caplog.text
    secrets = (brought["code"], start.state, CLIENT_SECRET, "eyJ")
    assert [secret for secret in secrets if secret in caplog.text] == []


def test_a_new_key_of_the_provider_is_found(
    desk: Desk, provider: RunningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.signs_in()
    monkeypatch.setattr("kb.people.oidc.kept.PAUSE_SECONDS", 0.0)
    provider.does("new-key")

    assert desk.signs_in()


def test_the_keys_are_not_asked_for_again_and_again(
    desk: Desk, provider: RunningProvider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.does("unknown-key")
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            with pytest.raises(ProviderAnswerRefused):
                desk.signs_in()

    assert caplog.text.count(f"GET {provider.issuer}/keys") == 1
