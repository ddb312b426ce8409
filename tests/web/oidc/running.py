"""Starts the provider, tells it what to do, and goes to it as a browser would."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2

from kb.settings import Settings
from tests.web.oidc.provider import CLIENT_ID, CLIENT_SECRET
from tests.web.processes import REPOSITORY, free_port, wait_until

PUBLIC_URL = "http://127.0.0.1:9999"
"""Of the product; nothing listens there."""
CALLBACK = f"{PUBLIC_URL}/sign-in/oidc/callback"
LIN = {"sub": "4f2c-lin", "preferred_username": "lin.xiao", "email": "lin@example.com"}


class RunningProvider:
    """A provider that runs, seen from outside."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"

    def settings(self, **changes: Any) -> Settings:
        """Return settings that name the provider."""
        values: dict[str, Any] = {
            "public_url": PUBLIC_URL,
            "oidc_issuer": self.issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
        }
        return Settings(**values | changes)

    def does(self, fault: str = "", user: dict[str, Any] = LIN) -> None:
        """Let `user` be who comes, and `fault` go wrong."""
        content = {"fault": fault, "user": user, "redirect_uri": CALLBACK}
        httpx2.put(f"{self.issuer}/control", json=content).raise_for_status()

    def answers(self) -> bool:
        """Return whether it takes requests."""
        try:
            return httpx2.get(f"{self.issuer}/keys").is_success
        except httpx2.TransportError:
            return False


def visit(address: str) -> dict[str, str]:
    """Return what a browser brings back that goes to the provider."""
    response = httpx2.get(address)
    assert response.status_code == 302, response.text
    location = response.headers["location"]
    assert location.startswith(f"{CALLBACK}?"), location
    return dict(parse_qsl(urlsplit(location).query))


@contextmanager
def running_provider() -> Iterator[RunningProvider]:
    """Start a provider; it ends with the block."""
    port = free_port()
    command = [sys.executable, "-m", "tests.web.oidc.provider", str(port)]
    process = subprocess.Popen(command, cwd=REPOSITORY)
    try:
        provider = RunningProvider(port)
        wait_until(provider.answers, "the provider to answer")
        yield provider
    finally:
        process.terminate()
        process.wait()
