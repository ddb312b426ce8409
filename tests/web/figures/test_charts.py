"""Charts: shapes lie where their values say."""

from __future__ import annotations

import pytest

from web.figures.charts import Series, nice_top, ranked_bars, share_lines, stacked_bars

A, B = Series("series-a", "甲"), Series("series-b", "乙")


@pytest.mark.parametrize(
    ("highest", "top"),
    [
        (0, 4),
        (3, 4),
        (4, 4),
        (5, 8),
        (9, 20),
        (21, 40),
        (99, 200),
        (401, 800),
        (1_000_000, 2_000_000),
    ],
)
def test_an_axis_ends_at_a_number_whose_quarters_are_whole(highest: int, top: int) -> None:
    assert nice_top(highest) == top


def test_stacked_bars_stand_on_each_other() -> None:
    chart = stacked_bars("c", "t", "d", ["1", "2"], [(A, [4, 0]), (B, [2, 8])])
    first, lower, upper = chart.rectangles[0], chart.rectangles[0], chart.rectangles[1]

    assert [(bar.kind, bar.height) for bar in chart.rectangles] == [
        ("series-a", first.height),
        ("series-b", first.height / 2),
        ("series-b", first.height * 2),
    ]
    assert upper.y + upper.height == pytest.approx(lower.y)
    assert [label.text for label in chart.labels] == ["0", "2", "4", "6", "8", "1", "2"]
    assert chart.legend == (A, B)


def test_a_line_is_broken_where_nothing_is_known() -> None:
    chart = share_lines("c", "t", "d", list("12345"), [(A, [0.5, 1.0, None, 0.0, None])])
    (line,) = [line for line in chart.lines if line.kind == "series-a"]

    assert len(line.points.split()) == 2
    assert [dot.kind for dot in chart.rectangles] == ["series-a"]
    assert [label.text for label in chart.labels[:5]] == ["0%", "25%", "50%", "75%", "100%"]


def test_many_days_have_few_labels() -> None:
    days = [str(number) for number in range(366)]
    chart = stacked_bars("c", "t", "d", days, [(A, [1.0] * 366)])

    assert len(chart.labels) <= 5 + 7
    assert all(bar.width > 0 for bar in chart.rectangles)


def test_ranked_bars_have_names_and_values() -> None:
    chart = ranked_bars("c", "t", "d", [("很" * 20, 1200), ("短", 300)], "series-a")

    assert [label.text for label in chart.labels] == ["很" * 15 + "…", "1,200", "短", "300"]
    long, short = chart.rectangles
    assert long.width == pytest.approx(4 * short.width)
    assert long.x + long.width < chart.width


def test_nothing_can_be_drawn() -> None:
    assert ranked_bars("c", "t", "d", [], "series-a").rectangles == ()
    assert stacked_bars("c", "t", "d", ["1"], [(A, [0])]).rectangles == ()
