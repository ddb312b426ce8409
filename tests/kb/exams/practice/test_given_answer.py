"""What is no answer to an item is refused; what is kept of one is masked."""

from __future__ import annotations

import pytest

from kb.errors import QueryInvalid
from kb.exams.practice.given_answer import MAX_ANSWER_CHARS, masked_answer, read_answer
from tests.attacks.identifiers import texts_with_identifiers
from tests.exam_samples import item_in
from tests.reliability.leaks import RawIdentifiers, leaks_in


@pytest.mark.parametrize(
    ("item_id", "given", "answer"),
    [
        ("contact-1", ["B"], ("B",)),
        ("contact-2", ["B", "A", "B"], ("A", "B")),
        ("contact-3", ["对"], ("对",)),
        ("contact-4", [" 5 ", ""], ("5", "")),
        ("contact-5", ["先说明"], ("先说明",)),
        ("contact-6", ["甲", "乙", "", "丁"], ("甲", "乙", "", "丁")),
    ],
)
def test_an_answer_has_the_fields_of_its_type(
    item_id: str, given: list[str], answer: tuple[str, ...]
) -> None:
    assert read_answer(item_in(item_id), given) == answer


@pytest.mark.parametrize(
    ("item_id", "given"),
    [
        ("contact-1", []),
        ("contact-1", ["A", "B"]),
        ("contact-1", ["Z"]),
        ("contact-2", ["A", "Z"]),
        ("contact-3", ["也许"]),
        ("contact-4", ["5"]),
        ("contact-4", ["5", "2", "1"]),
        ("contact-4", ["", " "]),
        ("contact-4", ["5" * 201, "2"]),
        ("contact-5", ["字" * (MAX_ANSWER_CHARS + 1)]),
        ("contact-6", ["一段话"]),
    ],
)
def test_what_cannot_be_an_answer_is_refused(item_id: str, given: list[str]) -> None:
    with pytest.raises(QueryInvalid):
        read_answer(item_in(item_id), given)


def test_identifiers_in_an_answer_are_masked_and_its_lines_stay() -> None:
    (text,) = masked_answer(("客户王女士\n电话13800138000来电\x00",))
    assert "13800138000" not in text
    assert text.startswith("客户王女士\n电话")
    assert text.endswith("来电")


def test_no_identifier_of_any_kind_is_kept() -> None:
    texts = list(texts_with_identifiers(300))
    raw = RawIdentifiers(item for text in texts for item in text.identifiers)
    typed = "\n".join(text.text for text in texts)
    kept = "\n".join(masked_answer(tuple(text.text for text in texts)))
    assert leaks_in(raw, [("typed", typed)])
    assert not leaks_in(raw, [("kept", kept)])
