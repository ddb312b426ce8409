"""Made-up identifiers with valid check digits, and the ways in which people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import strategies as st

CHINESE_DIGITS = "零一二三四五六七八九"


def with_identity_check_digit(body: str) -> str:
    """Return the 17 digits with their check digit by ISO 7064 MOD 11-2, computed from its rule."""
    remainder = 0
    for digit in body:
        remainder = (remainder + int(digit)) * 2 % 11
    check = (12 - remainder) % 11
    return body + ("X" if check == 10 else str(check))


def with_luhn_digit(body: str) -> str:
    """Return the digits with the one that makes their Luhn sum a multiple of ten."""
    total = 0
    for index, digit in enumerate(reversed(body)):
        doubled = int(digit) * 2 if index % 2 == 0 else int(digit)
        total += doubled // 10 + doubled % 10
    return body + str(-total % 10)


def digits(count: int) -> st.SearchStrategy[str]:
    """Return strings of `count` digits."""
    return st.text("0123456789", min_size=count, max_size=count)


def _identity(area: int, born: date, order: str) -> str:
    return with_identity_check_digit(f"{area}{born:%Y%m%d}{order}")


IDENTITY_NUMBERS = st.builds(
    _identity,
    st.integers(110101, 659004),
    st.dates(date(1930, 1, 1), date(2025, 12, 31)),
    digits(3),
)
MOBILE_NUMBERS = st.builds("1{}{}".format, st.sampled_from("3456789"), digits(9))
CARD_NUMBERS = st.one_of(
    *(digits(count - 3).map(lambda body: with_luhn_digit(f"62{body}")) for count in (16, 17, 19))
)
# Five characters with up to two letters; green plates have six, with D or F at one end.
PLATES = st.from_regex(
    r"[京沪粤苏川新][A-HJ-NP-Z]"
    r"([0-9]{5}|[A-HJ-NP-Z]{2}[0-9]{3}|[0-9][A-HJ-NP-Z][0-9]{3}|[DF][0-9]{5}|[0-9]{5}[DF])",
    fullmatch=True,
)


def spaced(text: str) -> str:
    """Return `text` in groups of four, as on a card."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def hyphened(text: str) -> str:
    """Return `text` in groups of four with hyphens."""
    return spaced(text).replace(" ", "-")


def spelled_out(text: str) -> str:
    """Return `text` with a blank between all characters."""
    return " ".join(text)


def full_width(text: str) -> str:
    """Return `text` in full-width characters."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def chinese(text: str) -> str:
    """Return `text` with Chinese digits."""
    return "".join(CHINESE_DIGITS[int(char)] if char.isdecimal() else char for char in text)


def spoken(text: str) -> str:
    """Return `text` with Chinese digits as telephone numbers are read aloud: 幺 for 1."""
    return chinese(text).replace("一", "幺").replace("零", "〇")


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str, spaced, hyphened, spelled_out, full_width, chinese, spoken, str.lower,
)  # fmt: skip
SENTENCES = (
    "{}",
    "我的号码是{}，帮我查一下",
    "（{}）",
    "“{}”的保单",
    "号码:{}。谢谢",
    "换成{}行吗?",
)
