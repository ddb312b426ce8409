"""Where editors work: drafts, the files in them, and their way into review."""

from web.editing.pages import EditingPages

__all__ = ["EditingPages"]
