"""Items that the bank has already are found, in whatever characters they are written."""

from __future__ import annotations

from kb.paper_reading.duplicates import likely_duplicates
from kb.paper_reading.text_paper import read_lines

BANK = {
    "surrender-1": "客户要求退保，坐席首先应当做什么？",
    "surrender-2": "客户要求退保时，坐席首先应当做什么?",
    "renewal-1": "续期扣款失败，坐席首先查什么？",
}


def test_the_likest_items_come_first() -> None:
    (item,) = read_lines(["一、简答题", "1.客戶要求退保，坐席首先應當做什麼？"]).items
    found = likely_duplicates(item, BANK)
    assert [one.item_id for one in found] == ["surrender-1", "surrender-2"]
    assert found[0].share == 1.0
    assert found[1].share < 1.0


def test_an_item_without_words_is_like_nothing() -> None:
    (item,) = read_lines(["一、单选题", "1.A.甲 B.乙"]).items
    assert item.stem == ""
    assert likely_duplicates(item, {**BANK, "empty": ""}) == ()
