"""Reads what an item is pinned to: `规程编号#地址 校验码`."""

from __future__ import annotations

import re

from kb.content.exam_item import PIN_HASH_CHARS, Pin
from kb.content.fault import FaultCollector

_PIN = re.compile(
    rf"(?P<id>[a-z0-9-]+)#(?P<address>\S(?:.*?\S)?)(?:\s+(?P<hash>[0-9a-f]{{{PIN_HASH_CHARS}}}))?"
)
PIN_SHAPE = f"规程编号#地址 {PIN_HASH_CHARS}位校验码"


def read_pin(text: str, line: int, faults: FaultCollector) -> Pin | None:
    """Return the pin written in `text`, or None after reporting that it is none."""
    match = _PIN.fullmatch(text)
    if match:
        return Pin(match["id"], match["address"], match["hash"] or "", line)
    faults.error(
        line,
        "exam-pin",
        "关联的写法不对。",
        f"写成“{PIN_SHAPE}”，如 surrender-materials#verify/必核/1 3f9a0c12ab34cd56；"
        "校验码由 kb exam confirm 写入。",
    )
    return None
