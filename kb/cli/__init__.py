"""The command line `kb`."""

from kb.cli.main import main

__all__ = ["main"]
