"""What editors put on the agent's desk besides procedures: fixed phrases, the promise of a reply.

A phrase has no words of its own: it names a step, and says what that step's 话术 says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from kb.content.fault import FaultCollector, did_you_mean
from kb.content.procedure import Procedure
from kb.content.prose import Link, read_link
from kb.content.reading import YamlMap, YamlText, parse_yaml

DESK_FILE = "desk.yaml"
MAX_REPLY_HOURS = 72
_FIELDS = ("phrases", "reply")
_REPLY_FIELDS = ("hours", "from", "to")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_QUOTED = re.compile("“([^“”]+)”")


@dataclass(frozen=True, slots=True)
class PhraseSource:
    """A phrase as an editor placed it."""

    link: Link
    """Its label is the phrase's name; its anchor, never None, is the step that words it."""
    line: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as the agent has it."""

    name: str
    text: str
    """The words to say, without quotation marks, citations and remarks for the agent."""
    procedure_id: str
    address: str
    """Of the step that words it."""


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """By when an unanswered question is answered, as the company promises."""

    hours: int
    """Working hours from the call on, 1 to `MAX_REPLY_HOURS`."""
    opens: time
    """When the working time of a working day begins."""
    closes: time
    """When it ends, after `opens`."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What `desk.yaml` says; without the file there are no phrases and no promise."""

    phrases: tuple[PhraseSource, ...] = ()
    """In the order of the file."""
    reply: ReplyRule | None = None


def find_phrase(source: PhraseSource, procedure: Procedure) -> Phrase | None:
    """Return the phrase as a version of its procedure words it.

    None when the step is not there, or has no 话术 that holds in every call: without a condition,
    and not behind 核身.
    """
    for step in procedure.steps:
        is_guarded = step.condition or step.needs_verification
        if step.address != source.link.anchor or is_guarded:
            continue
        for block in step.blocks:
            if block.kind == "话术" and not block.condition:
                text = _spoken(block.text.plain)
                return Phrase(source.link.label, text, procedure.id, step.address)
    return None


def _spoken(text: str) -> str:
    """Return the quotation with which `text` begins: what follows it is told to the agent.

    `“再见。”不满的来电不用这一句` is spoken as 再见。; a text that quotes nothing, as it stands.
    """
    quoted = _QUOTED.match(text)
    return quoted[1] if quoted else text


def read_desk(text: str, faults: FaultCollector) -> Desk:
    """Return the desk written in `text`; faults name the lines of `desk.yaml`."""
    node = parse_yaml(text, faults) if text.strip() else YamlMap()
    _refuse_unknown(node, _FIELDS, faults)
    phrases = _map(node, "phrases", faults)
    reply = _map(node, "reply", faults)
    return Desk(
        phrases=tuple(_read_phrases(phrases, faults)) if phrases else (),
        reply=_read_reply(reply, faults) if reply else None,
    )


def _map(node: YamlMap, name: str, faults: FaultCollector) -> YamlMap | None:
    entry = node.entries.get(name)
    if entry is None or isinstance(entry, YamlMap):
        return entry
    _wrong(entry.line, f"“{name}”下面应分项写。", "缩进写“键: 值”。", faults)
    return None


def _read_phrases(node: YamlMap, faults: FaultCollector) -> Iterator[PhraseSource]:
    for name, entry in node.entries.items():
        link = read_link(name, entry.text) if isinstance(entry, YamlText) else None
        if link and link.anchor:
            yield PhraseSource(link, entry.line)
        else:
            message = f"“{name}”没有写明出自哪份规程的哪一步。"
            _wrong(node.key_lines[name], message, f"写成 {name}: 规程编号#锚点。", faults)


def _read_reply(node: YamlMap, faults: FaultCollector) -> ReplyRule | None:
    _refuse_unknown(node, _REPLY_FIELDS, faults)
    hours = _read_hours(node, faults)
    opens, closes = _read_time(node, "from", faults), _read_time(node, "to", faults)
    if opens and closes and opens >= closes:
        message = f"工作时间从 {opens:%H:%M} 到 {closes:%H:%M}，开始不早于结束。"
        _wrong(node.key_lines["to"], message, "改正 from 或 to，两者是同一天的钟点。", faults)
        return None
    return ReplyRule(hours, opens, closes) if hours and opens and closes else None


def _read_hours(node: YamlMap, faults: FaultCollector) -> int | None:
    text = node.text("hours")
    # Lengths are compared first: int() refuses thousands of digits.
    is_short = text.isdecimal() and len(text) <= len(str(MAX_REPLY_HOURS))
    if is_short and 1 <= int(text) <= MAX_REPLY_HOURS:
        return int(text)
    message = f"“hours”应是 1 到 {MAX_REPLY_HOURS} 的整数，这里是“{text}”。"
    _wrong(_line_of(node, "hours"), message, "写几个工作小时内答复，如 hours: 8。", faults)
    return None


def _read_time(node: YamlMap, name: str, faults: FaultCollector) -> time | None:
    text = node.text(name)
    if _TIME.fullmatch(text):
        return time.fromisoformat(text)
    message = f"“{name}”应是钟点，这里是“{text}”。"
    _wrong(_line_of(node, name), message, f'写成 {name}: "09:00"。', faults)
    return None


def _line_of(node: YamlMap, name: str) -> int:
    return node.key_lines.get(name, node.line)


def _refuse_unknown(node: YamlMap, known: tuple[str, ...], faults: FaultCollector) -> None:
    for key, line in node.key_lines.items():
        if key not in known:
            message = f"没有“{key}”这一项。"
            _wrong(line, message, did_you_mean(key, known) or f"写 {'、'.join(known)}。", faults)


def _wrong(line: int, message: str, fix: str, faults: FaultCollector) -> None:
    faults.error(line, "desk-value", message, fix)
