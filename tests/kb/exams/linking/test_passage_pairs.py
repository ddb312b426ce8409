"""Texts as pairs of characters, and the passages of a procedure."""

from __future__ import annotations

import pytest

from kb.content import Deadline, Step
from kb.exams.linking.item_words import ItemText
from kb.exams.linking.passage_pairs import item_pairs, pairs, read_passages
from kb.indexing.card import make_card
from tests.content_samples import SAMPLE, procedure_in

PROCEDURE = procedure_in(SAMPLE)
FOUND = read_passages(PROCEDURE, make_card(PROCEDURE))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("委托书", ["委托", "托书"]),
        ("三十日内", ["30天"]),
        ("收到APP，收", ["收到", "app"]),
        ("變更", ["变更"]),
        ("", []),
    ],
)
def test_pairs_join_neighbours_and_keep_amounts_whole(text: str, expected: list[str]) -> None:
    assert list(pairs(text)) == expected


def test_a_pair_counts_where_it_counts_most() -> None:
    texts = (ItemText("错误选项", "委托书"), ItemText("答案", "委托"), ItemText("题干", "委托"))
    found = item_pairs(texts)
    assert {pair: use.origin for pair, use in found.items()} == {"委托": "答案", "托书": "错误选项"}


def test_the_passages_are_the_head_and_every_part() -> None:
    assert [passage.part for passage in FOUND.passages if passage.part] == list(PROCEDURE.parts())
    assert [passage.label for passage in FOUND.passages[:4]] == [
        "标题",
        "摘要",
        "关键词",
        "客户说法",
    ]


def test_a_block_is_labelled_with_its_own_step() -> None:
    labels = {passage.part.address: passage.label for passage in FOUND.passages if passage.part}
    assert labels["proxy/必说/1"] == "步骤3·必说"
    assert labels["verify/必说/1"] == "步骤1·必说"


def test_amounts_of_a_deadline_are_found_as_they_are_said() -> None:
    (posting,) = FOUND.postings["60天"]
    part = FOUND.passages[posting.passage].part
    assert isinstance(part, Deadline)
    assert part.name == "清理停用号码"


def test_a_short_passage_says_more_of_a_pair_than_a_long_one() -> None:
    impacts = {
        FOUND.passages[posting.passage].label: posting.impact
        for posting in FOUND.postings["号码"]
        if not isinstance(FOUND.passages[posting.passage].part, Step)
    }
    assert impacts["步骤2·禁说"] > impacts["步骤1·必核"]
