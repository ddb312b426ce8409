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
from typing import Literal

IdentifierKind = Literal["身份证号", "手机号", "固定电话", "银行卡号", "单证号", "车牌号"]

# One character to one, so that offsets in the folded text are offsets in the text itself.
_FOLD = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **{chr(0xFF21 + index): chr(0x41 + index) for index in range(26)},
        **{chr(0xFF41 + index): chr(0x61 + index) for index in range(26)},
        **dict(zip("零〇○一二三四五六七八九幺", "0001234567891", strict=True)),
        "\u3000": " ",
        "－": "-",
        "—": "-",
    }
)
_GAP = r"[ \-.]{0,2}"
_NOT_IN_NUMBER = r"(?<![0-9A-Za-z])"
_DIGITS = re.compile(rf"{_NOT_IN_NUMBER}\d(?:{_GAP}\d){{9,19}}(?:{_GAP}[Xx])?(?![0-9A-Za-z])")
_LANDLINE = re.compile(rf"{_NOT_IN_NUMBER}0\d{{2,3}}[ -]\d{{7,8}}(?!\d)")
_DOCUMENT = re.compile(
    r"(?:保险?单|保险合同|合同|赔案|报案|理赔|工单|批单)(?:编?号码?)(?:是|为)?[:： ]{0,2}"
    rf"(?P<number>[A-Za-z]{{0,6}}\d(?:{_GAP}[0-9A-Za-z]){{6,24}})"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·]?"
    r"(?=[A-HJ-NP-Z0-9]{0,5}\d)[A-HJ-NP-Z0-9]{5,6}(?![0-9A-Za-z])"
)
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
    for match in _DIGITS.finditer(folded):
        if kind := _number_kind(re.sub(r"[ \-.]", "", match[0]).upper()):
            yield Identifier(match.start(), match.end(), kind)
    for match in _LANDLINE.finditer(folded):
        yield Identifier(match.start(), match.end(), "固定电话")
    for match in _DOCUMENT.finditer(folded):
        yield Identifier(match.start("number"), match.end("number"), "单证号")
    for match in _PLATE.finditer(folded.upper()):
        yield Identifier(match.start(), match.end(), "车牌号")


def _number_kind(number: str) -> IdentifierKind | None:
    if len(number) == 18 and _is_identity_number(number):
        return "身份证号"
    if len(number) == 15 and _is_day("19" + number[6:12]):
        return "身份证号"
    digits = number.removesuffix("X")
    if re.fullmatch(r"(?:86)?1[3-9]\d{9}", digits):
        return "手机号"
    if 15 <= len(digits) <= 19 and _passes_luhn(digits):
        return "银行卡号"
    if len(digits) >= 12 and not _is_day(digits[:8]):
        return "单证号"
    return None


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
