"""The masks against identifiers that were made up apart from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.privacy import mask_identifiers, mask_stored_text
from tests.attacks.identifiers import (
    Identifier,
    harmless_texts,
    identity_check_digit,
    luhn_digit,
    texts_with_identifiers,
)

COUNT = 5000
LEAST_RECALL = 0.995
MOST_FALSE = 0.005
Mask = Callable[[str], str]

masks = pytest.mark.parametrize("mask", [mask_identifiers, mask_stored_text])


def recall(mask: Mask) -> float:
    """Return the share of identifiers of which nothing is left to read."""
    found = [
        not identifier.remains_in(mask(text.text))
        for text in texts_with_identifiers(COUNT)
        for identifier in text.identifiers
    ]
    return sum(found) / len(found)


def share_of_false_masks(mask: Mask) -> float:
    """Return the share of harmless numbers that are no longer there."""
    masked = [
        part not in mask(text.text)
        for texts in (texts_with_identifiers(COUNT), harmless_texts(COUNT))
        for text in texts
        for part in text.harmless
    ]
    return sum(masked) / len(masked)


@masks
def test_identifiers_are_found(mask: Mask) -> None:
    assert recall(mask) >= LEAST_RECALL


@masks
def test_harmless_numbers_are_left_alone(mask: Mask) -> None:
    assert share_of_false_masks(mask) <= MOST_FALSE


def test_without_masks_everything_would_remain_and_with_too_many_nothing() -> None:
    assert recall(str) == 0
    assert share_of_false_masks(lambda _: "") == 1


def test_check_digits_are_those_of_the_standards() -> None:
    assert identity_check_digit("11010519491231002") == "X"  # the example of GB 11643
    assert luhn_digit("7992739871") == "3"  # that of ISO/IEC 7812


@pytest.mark.parametrize("text", ["１３８ 1234-5678", "幺三八一二三四五六七八", "尾号3812345"])
def test_what_is_left_is_seen_in_any_spelling(text: str) -> None:
    assert Identifier("手机", "13812345678", "").remains_in(text)


def test_a_tail_that_everybody_may_know_is_nothing_left() -> None:
    assert not Identifier("手机", "13812345678", "").remains_in("〈手机号〉，尾号5678")
