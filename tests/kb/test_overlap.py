"""How much of a judged query stands in the content already."""

from __future__ import annotations

import pytest

from kb.overlap import overlap


@pytest.mark.parametrize(
    ("query", "lines", "share"),
    [
        ("退保材料", ["退保材料"], 1.0),
        ("退保，材料？", ["我要退保材料"], 1.0),
        ("退保材料", ["退保", "材料"], 1 / 3),
        ("退保材料", ["保材"], 1 / 3),
        ("退保材料", ["异地理赔"], 0.0),
        ("退保材料", [], 0.0),
        ("退", ["退"], 0.0),
        ("", ["退保"], 0.0),
        ("ＡＰＰ退保", ["app退保"], 1.0),
        ("異地", ["异地理赔"], 1.0),
    ],
)
def test_the_best_line_counts(query: str, lines: list[str], share: float) -> None:
    assert overlap(query, lines) == pytest.approx(share)
