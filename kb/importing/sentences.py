"""What a sentence of a standard is for the agent: a duty of a step, a rule, or a time limit.

Words decide; what no word decides stays with its step for the editor to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

# Quotes are bounded: looking for the end of each of many open ones would take for ever.
_SENTENCE = re.compile(
    r"(?:“[^”]{0,200}”|「[^」]{0,200}」|[^。！？；!;\n])+(?:[。！？；!;]+[”」』）)]*)?"
)
_QUOTE = re.compile(r"[“「][^”」]{4,200}[”」]")
_SPOKEN = re.compile(r"话术|用语|迎语|送语|结束语|开场|例如|可以?说|应说|说：|答：|询问：|回答：")
_BAN = re.compile(r"不得|禁止|严禁|不准|不可(?!抗)|不允许|不应|不要|切勿|请勿|杜绝")
_DUTY = re.compile(r"必须|务必|应当|应该|[须需应]|要(?!求)")
_RULE = re.compile(r"必须|务必|应当|一律")
_VERBS = (
    ("复述", re.compile(r"复述|重复确认")),
    ("必核", re.compile(r"核对|核实|核验|验证|查验|核身")),
    ("必问", re.compile(r"询问|问清|问明|了解")),
    ("必记", re.compile(r"记录|登记|记下|备注|填写")),
    ("必说", re.compile(r"告知|告诉|说明|提示|提醒|解释")),
)
_STARTS_WITHIN_CHARS = 6
_DIGIT = "[0-9一二两三四五六七八九十百半]"
_AMOUNT = rf"(?<![第0-9]){_DIGIT}+\s*个?\s*(?:工作日|自然日|小时|分钟|日|天|周|月|年)"
_LIMIT = re.compile(
    rf"(?P<before>{_AMOUNT})(?=\s*[之以]?[内前起])"
    rf"|(?:时限|期限|不超过|最长|最迟|提前)[^。；，,]{{0,6}}?(?P<after>{_AMOUNT})"
)


class Role(StrEnum):
    """Where a sentence belongs; the words of the first group are kinds of blocks, those of the
    second kinds of notes."""

    ASK = "必问"
    CHECK = "必核"
    SAY = "必说"
    REPEAT = "复述"
    RECORD = "必记"
    NEVER_SAY = "禁说"
    SCRIPT = "话术"

    MUST = "必须"
    MUST_NOT = "禁止"

    TEXT = ""
    """No word decides."""


NOTES = (Role.MUST, Role.MUST_NOT)


def sentences_of(text: str) -> Iterator[str]:
    """Yield the sentences of a text with their punctuation; quoted ones stay whole."""
    return (sentence for item in _SENTENCE.findall(text) if (sentence := item.strip()))


def role_of(sentence: str) -> Role:
    """Return what a sentence is for the agent."""
    is_ban = bool(_BAN.search(sentence))
    if _QUOTE.search(sentence) and _SPOKEN.search(sentence):
        return Role.NEVER_SAY if is_ban else Role.SCRIPT
    if is_ban:
        return Role.MUST_NOT
    is_duty = bool(_DUTY.search(sentence))
    for kind, verb in _VERBS:
        found = verb.search(sentence)
        if found and (is_duty or found.start() < _STARTS_WITHIN_CHARS):
            return Role(kind)
    return Role.MUST if _RULE.search(sentence) else Role.TEXT


def limit_in(sentence: str) -> str:
    """Return the time limit that a sentence states, as it is written, or nothing."""
    found = _LIMIT.search(sentence)
    return (found["before"] or found["after"]) if found else ""


def amount_in(sentence: str) -> str:
    """Return the first span of time in a sentence that speaks of time limits, or nothing."""
    found = re.search(_AMOUNT, sentence)
    return found[0] if found else ""
