"""Regions named in a query, and what lies around them."""

from __future__ import annotations

import pytest

from kb.errors import CallContextInvalid
from kb.search.regions import Regions

REGIONS = Regions({"全国": None, "广东": "全国", "深圳": "广东", "广州": "广东", "北京": "全国"})


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("退保材料", ""),
        ("深圳退保", "深圳"),
        ("在廣東住院", "广东"),
        ("广东深圳理赔", "深圳"),
        ("深圳在广东", "深圳"),
        ("深圳和北京", ""),
        ("深圳和广州", ""),
        ("全国都能办吗", ""),
        ("", ""),
    ],
)
def test_a_query_names_one_region_or_none(text: str, region: str) -> None:
    assert REGIONS.named_in(text) == region


@pytest.mark.parametrize(
    ("region", "chain"),
    [
        ("深圳", ("深圳", "广东", "全国")),
        ("北京", ("北京", "全国")),
        ("全国", ("全国",)),
        ("", ()),
    ],
)
def test_a_region_lies_in_those_around_it(region: str, chain: tuple[str, ...]) -> None:
    assert REGIONS.chain(region) == chain


def test_an_unknown_region_is_refused_with_the_nearest() -> None:
    with pytest.raises(CallContextInvalid, match=r"没有地区“广东省”.*广东？"):
        REGIONS.chain("广东省")


def test_without_a_vocabulary_no_region_is_named() -> None:
    assert Regions({}).named_in("深圳退保") == ""
