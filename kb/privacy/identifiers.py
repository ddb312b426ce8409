"""Detects 身份证, 手机, 固话, 银行卡, 保单号, 赔案号 and 车牌 inside free text.

Numbers may be spaced, hyphenated, full-width or written in Chinese digits. A check digit decides
where one exists (GB 11643 with ISO 7064 MOD 11-2; Luhn for cards), so that product codes, amounts
and dates stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Literal, get_args

IdentifierKind = Literal["身份证号", "手机号", "固定电话", "银行卡号", "单证号", "车牌号"]
IDENTIFIER_KINDS: tuple[IdentifierKind, ...] = get_args(IdentifierKind)

# One character to one, so that offsets in the folded text are offsets in the text itself.
_FOLD = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **{chr(0xFF21 + index): chr(0x41 + index) for index in range(26)},
        **{chr(0xFF41 + index): chr(0x61 + index) for index in range(26)},
        **dict(zip("零〇○一二三四五六七八九幺", "0001234567891", strict=True)),
        "\u3000": " ",
        "\u00a0": " ",
        **dict.fromkeys("－—–\u200b\u200c\u200d\u2060\ufeff", "-"),
        **dict.fromkeys("•・‧∙", "·"),
        "（": "(",
        "）": ")",
        "：": ":",
    }
)
# Fewer digits than a plate has: nothing to look for. Most of what is typed ends here.
_THREE_DIGITS = re.compile(r"\d\D*\d\D*\d")
_GAP = r"[ \-.]{1,2}"
_NUMBER_RUN = re.compile(rf"(?<![0-9A-Za-z])\d+(?:{_GAP}\d+)*(?:(?:{_GAP})?[Xx])?(?![0-9A-Za-z])")
_GROUP = re.compile(r"\d+|[Xx]")
_AREA_CODE = r"0(?:10|2\d|[3-9]\d\d)"
_LANDLINE = re.compile(
    rf"(?<![0-9A-Za-z])(?:\({_AREA_CODE}\)|{_AREA_CODE})[ -]?[1-9](?:[ -]?\d){{6,7}}(?!\d)"
)
_DOCUMENT_NUMBER = (
    rf"(?<![0-9A-Za-z])(?P<number>(?:[A-Za-z](?:{_GAP})?){{0,6}}\d"
    # Bounded: a text that is nothing but digits and blanks would be read again from each of them.
    rf"(?:(?:{_GAP})?[0-9A-Za-z]){{6,40}})"
)
_DOCUMENT = re.compile(
    r"(?:保险?单|合同|赔案|报案|立案|案件|理赔|工单|批单)(?P<is_named>编?号码?)?"
    rf"[是为:( ]{{0,3}}{_DOCUMENT_NUMBER}"
)
_NUMBER_OF_DOCUMENT = re.compile(
    rf"{_DOCUMENT_NUMBER}\)?[ ,，]?(?:[这那该]?[张份个]|的)?(?:保险?单|合同|赔案)"
)
_LETTERS_AND_NUMBER = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,6}\d{12,}(?![0-9A-Za-z])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·-]?"
    # Five places with at most two letters; six, of an electric car, with D or F at one end.
    r"(?:(?=(?:\d*[A-HJ-NP-Z]){0,2}\d*(?![0-9A-Z]))[A-HJ-NP-Z0-9]{5}|[DF]\d{5}|\d{5}[DF]|[DF][A-HJ-NP-Z]\d{4})"
    r"(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_CARD_GROUP_DIGITS = 4
_MIN_SIGNS = 11
_MAX_SIGNS = 24
_MIN_DOCUMENT_DIGITS = 12
_MIN_GROUPED_DIGITS = 15
_MIN_UNNAMED_SIGNS = 10
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """Where an identifier stands in the text: half-open character offsets and its kind."""

    start: int
    end: int
    kind: IdentifierKind


def find_identifiers(text: str) -> list[Identifier]:
    """Return the identifiers in `text`, in order and without overlaps."""
    folded = text.translate(_FOLD)
    if not _THREE_DIGITS.search(folded):
        return []
    found: list[Identifier] = []
    for identifier in sorted(_candidates(folded), key=lambda item: (item.start, -item.end)):
        if not found or identifier.start >= found[-1].end:
            found.append(identifier)
    return found


def mask_identifiers(text: str) -> str:
    """Return `text` with every identifier replaced by its kind, as in `〈手机号〉`."""
    pieces, end = [], 0
    for identifier in find_identifiers(text):
        pieces += [text[end : identifier.start], f"〈{identifier.kind}〉"]
        end = identifier.end
    return "".join([*pieces, text[end:]])


def _candidates(folded: str) -> Iterator[Identifier]:
    for match in _NUMBER_RUN.finditer(folded):
        yield from _numbers_in_run(match)
    for match in _LANDLINE.finditer(folded):
        yield Identifier(match.start(), match.end(), "固定电话")
    for match in _DOCUMENT.finditer(folded):
        if match["is_named"] or _is_document_number(match["number"]):
            yield Identifier(match.start("number"), match.end("number"), "单证号")
    for match in _NUMBER_OF_DOCUMENT.finditer(folded):
        if _is_document_number(match["number"]):
            yield Identifier(match.start("number"), match.end("number"), "单证号")
    for match in _LETTERS_AND_NUMBER.finditer(folded):
        yield Identifier(match.start(), match.end(), "单证号")
    for match in _PLATE.finditer(folded):
        yield Identifier(match.start(), match.end(), "车牌号")


def _numbers_in_run(run: re.Match[str]) -> Iterator[Identifier]:
    """Yield the numbers in groups of digits that stand side by side, the longest first.

    A date, a phone number and a card may follow each other with nothing but a blank between.
    """
    groups = list(_GROUP.finditer(run[0]))
    signs = [0, *accumulate(len(group[0]) for group in groups)]
    first = 0
    while first < len(groups):
        for last in range(min(len(groups), first + _MAX_SIGNS), first, -1):
            count = signs[last] - signs[first]
            if count < _MIN_SIGNS:
                break
            if count > _MAX_SIGNS and last > first + 1:
                continue
            chosen = groups[first:last]
            if kind := _number_kind([group[0].upper() for group in chosen]):
                start = run.start()
                yield Identifier(start + chosen[0].start(), start + chosen[-1].end(), kind)
                first = last - 1
                break
        first += 1


def _number_kind(groups: list[str]) -> IdentifierKind | None:
    number = "".join(groups)
    if len(number) == 18 and _is_identity_number(number):
        return "身份证号"
    if len(number) == 15 and number.isdecimal() and _is_day("19" + number[6:12]):
        return "身份证号"
    if re.fullmatch(r"(?:86)?1[3-9]\d{9}", number):
        return "手机号"
    if not number.isdecimal():
        return None
    is_solid = len(groups) == 1
    in_fours = {len(group) for group in groups[:-1]} in ({_CARD_GROUP_DIGITS}, {1})
    if is_solid and _is_day(number[:8]):
        return None  # a time stamp
    if not (is_solid or in_fours):
        return None
    if 15 <= len(number) <= 19 and _passes_luhn(number):
        return "银行卡号"
    least = _MIN_DOCUMENT_DIGITS if is_solid else _MIN_GROUPED_DIGITS
    return "单证号" if len(number) >= least else None


def _is_document_number(text: str) -> bool:
    """Return whether a number may be a document's that is named, but not as its number."""
    signs = "".join(filter(str.isalnum, text))
    is_day_or_service_line = signs.isdecimal() and (_is_day(signs[:8]) or signs[1:3] == "00")
    return len(signs) >= _MIN_UNNAMED_SIGNS and not is_day_or_service_line


def _is_identity_number(number: str) -> bool:
    body = number[:17]
    if not body.isdecimal() or not _is_day(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]


def _is_day(text: str) -> bool:
    try:
        return 1900 <= date(int(text[:4]), int(text[4:6]), int(text[6:8])).year <= 2100
    except ValueError:
        return False


def _passes_luhn(digits: str) -> bool:
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
