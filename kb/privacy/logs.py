"""Masks identifiers in everything that a process logs."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import quote, unquote_plus

from kb.privacy.identifiers import find_identifiers, mask_identifiers

_WORD = re.compile(r"[^\s\"']+")
_ADDRESS_SIGNS = "/?&=:"


class MaskedLogRecord(logging.LogRecord):
    """A log record in which message, arguments and traceback are masked from the start.

    Filters belong to one handler or logger; a record reaches all of them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.args, tuple):
            # Each by itself: the formatter of an access log takes them apart.
            self.args = tuple(
                mask_log_text(value) if isinstance(value, str) else value for value in self.args
            )
        message = self._whole_message()
        masked = mask_log_text(message)
        if masked != message:
            self.msg, self.args = masked, ()
        if self.exc_info:
            # Formatters use the text when it is there.
            self.exc_text = mask_log_text(logging.Formatter().formatException(self.exc_info))
        if self.stack_info:
            self.stack_info = mask_log_text(self.stack_info)

    def _whole_message(self) -> str:
        try:
            return self.getMessage()
        except (TypeError, ValueError):
            # The handler that reports the misfit would print both parts as they are.
            self.msg, self.args = f"{self.msg} {self.args}", ()
            return self.msg


def mask_logs() -> None:
    """Mask whatever this process logs from now on."""
    logging.setLogRecordFactory(MaskedLogRecord)


def mask_log_text(text: str) -> str:
    """Return `text` with identifiers masked, also those that are percent-encoded in addresses."""
    return mask_identifiers(_WORD.sub(_mask_address, text))


def _mask_address(match: re.Match[str]) -> str:
    decoded = unquote_plus(match[0])
    if decoded == match[0] or not find_identifiers(decoded):
        return match[0]
    # Encoded again: a line break in an address must not begin a line of the log.
    return quote(mask_identifiers(decoded), safe=_ADDRESS_SIGNS)
