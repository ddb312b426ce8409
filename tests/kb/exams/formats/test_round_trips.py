"""What is written is read back equal, in every readable format."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.content.exam_item import ExamItem
from kb.exams.formats import READABLE_FORMATS
from kb.exams.item_json import item_as_json, item_from_json
from tests.kb.exams.items import ONE_OF_EACH, exam_items


@pytest.mark.parametrize("name", READABLE_FORMATS)
def test_one_item_of_each_type_comes_back(name: str) -> None:
    format_ = READABLE_FORMATS[name]()
    read = format_.read(format_.write("新人考核", ONE_OF_EACH))
    assert read.problems == ()
    assert [item_as_json(item) for item in read.items] == [item_as_json(i) for i in ONE_OF_EACH]
    assert read.title == ("" if name == "xlsx" else "新人考核")


@pytest.mark.parametrize("name", READABLE_FORMATS)
@given(items=st.lists(exam_items(), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_item_comes_back_in_its_place(name: str, items: list[ExamItem]) -> None:
    format_ = READABLE_FORMATS[name]()
    read = format_.read(format_.write("题", items))
    assert read.problems == ()
    assert [item_as_json(item) for item in read.items] == [item_as_json(item) for item in items]


@given(item=exam_items())
@settings(deadline=None)
def test_an_item_survives_json(item: ExamItem) -> None:
    assert item_as_json(item_from_json(item_as_json(item))) == item_as_json(item)
