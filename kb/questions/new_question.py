"""What an agent enters when a caller is promised an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from kb.content import ReferenceData
from kb.errors import QueryInvalid
from kb.privacy import mask_stored_text
from kb.questions.promise import latest_promise

MAX_TEXT_CHARS = 500
MAX_TICKET_CHARS = 64

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question for which a caller is waiting."""

    id: str
    """Made by whoever enters it: sent again, it is stored once."""
    text: str
    ticket: str
    procedure_id: str
    """Which procedure it seemed to be about; may be empty."""
    asked_at: datetime
    """By the clock of who enters it: the server may have been away."""
    promised_at: datetime | None
    """None: the latest time that may be promised."""


def check_new_question(
    new: NewQuestion, ticket: re.Pattern[str], reference: ReferenceData, now: datetime
) -> NewQuestion:
    """Return what is to be stored: masked, with its promise.

    `ticket` is how the CRM writes the numbers of its tickets. Raises QueryInvalid.
    """
    if not _ID.fullmatch(new.id):
        raise QueryInvalid("编号无效，应是 32 位十六进制数。")
    asked_at = min(new.asked_at, now)
    return NewQuestion(
        id=new.id,
        text=_read_text(new.text),
        ticket=_read_ticket(new.ticket, ticket),
        procedure_id=new.procedure_id,
        asked_at=asked_at,
        promised_at=_read_promise(asked_at, new.promised_at, reference),
    )


def _read_text(text: str) -> str:
    line = mask_stored_text(" ".join(text.split()))
    if not line:
        raise QueryInvalid("请写明客户问的是什么。")
    if len(line) > MAX_TEXT_CHARS:
        raise QueryInvalid(f"问题最多 {MAX_TEXT_CHARS} 字。")
    return line


def _read_ticket(text: str, pattern: re.Pattern[str]) -> str:
    ticket = text.strip()
    # Never masked, so it must be what the CRM writes and nothing else.
    if len(ticket) > MAX_TICKET_CHARS or not pattern.fullmatch(ticket):
        raise QueryInvalid("工单号的写法不对，请照工单系统里的抄写。")
    return ticket


def _read_promise(
    asked_at: datetime, wanted: datetime | None, reference: ReferenceData
) -> datetime | None:
    latest = latest_promise(asked_at, reference)
    if wanted is None:
        return latest
    if wanted <= asked_at:
        raise QueryInvalid("答复时间应在登记之后。")
    if latest and wanted > latest:
        raise QueryInvalid(f"答复时间最晚到 {latest:%Y-%m-%d %H:%M}。")
    return wanted
