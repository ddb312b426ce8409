"""A server process over a site, which may be stopped and started again at the same address."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.web.site import Site

REPOSITORY = Path(__file__).resolve().parents[2]
_START_SECONDS = 60


class DeskServer:
    """One port with the desk behind it, while it is running."""

    def __init__(self, site: Site, log: Path, settings: Mapping[str, str] | None = None) -> None:
        self._log = log
        port = _free_port()
        self.address = f"http://127.0.0.1:{port}"
        self._environment = {**os.environ, "KB_DATA_DIR": str(site.settings.data_dir)}
        self._environment |= settings or {}
        self._command = [
            sys.executable,
            "-m",
            "uvicorn",
            "--factory",
            "tests.browser.served:create",
        ]
        self._command += ["--port", str(port), "--no-access-log", "--log-level", "warning"]

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve until the end of the block."""
        with (
            self._log.open("ab") as output,
            subprocess.Popen(
                self._command,
                cwd=REPOSITORY,
                env=self._environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            ) as process,
        ):
            try:
                self._wait_until_served(process)
                yield
            finally:
                process.terminate()

    def _wait_until_served(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=5):  # noqa: S310 - our own
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        log = self._log.read_text(encoding="utf-8")
        raise AssertionError(f"the server did not start: {log}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
