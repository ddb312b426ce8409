"""Who is signed in, told to requests: they pay for no database of their own."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine

from kb.clock import Clock
from kb.errors import DatabaseUnavailable
from kb.people.accounts import Accounts
from kb.people.brief_memory import BriefMemory
from kb.people.sessions import SEEN_AFTER, Session, Sessions

_LOG = logging.getLogger(__name__)
_READERS = 2
_ONLY = "accounts"


class CurrentSessions:
    """The sessions as a web process knows them, at most half a second late."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Read from `engine`; opens nothing yet."""
        self._sessions = Sessions(engine, clock)
        self._accounts = Accounts(engine, clock)
        self._clock = clock
        # Not threads of the event loop's pool: those load new generations, and a database that
        # hangs must not keep them.
        self._readers = ThreadPoolExecutor(_READERS, "sessions")
        self._writer = ThreadPoolExecutor(1, "seen")
        self._found = BriefMemory(self._read, self._readers)
        self._presence = BriefMemory(lambda _: self._accounts.exist(), self._readers)

    async def find(self, session_id: str) -> Session | None:
        """Return the session that a browser names, or None. Raises DatabaseUnavailable."""
        found = await self._found.get(session_id)
        return found if found and found.is_live(self._clock()) else None

    async def have_accounts(self) -> bool:
        """Return whether there is any account. Raises DatabaseUnavailable."""
        return await self._presence.get(_ONLY)

    def forget(self) -> None:
        """Read everything anew, because this process has changed it."""
        self._found.forget()
        self._presence.forget()

    def close(self) -> None:
        """End the threads."""
        self._readers.shutdown()
        self._writer.shutdown()

    def _read(self, session_id: str) -> Session | None:
        found = self._sessions.find(session_id)
        if found and self._clock() - found.seen_at >= SEEN_AFTER:
            # The request does not wait until it may write.
            self._writer.submit(self._note_seen, session_id)
        return found

    def _note_seen(self, session_id: str) -> None:
        try:
            self._sessions.note_seen(session_id)
        except DatabaseUnavailable as error:
            _LOG.warning("a session was not noted as seen: %s", error)
