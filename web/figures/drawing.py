"""Which figures are drawn, and how."""

from __future__ import annotations

from web.figures.charts import Chart, Series, ranked_bars, share_lines, stacked_bars
from web.figures.tables import Board

_MOST_BARS = 10


def draw_charts(board: Board) -> dict[str, Chart]:
    """Return the charts, name → chart."""
    return {
        "days": _searches_by_day(board),
        "shares": _shares_by_day(board),
        "procedures": _most_used(board),
    }


def _days(board: Board) -> list[str]:
    days = board.figures.searches.days
    return [f"{item.day.month}-{item.day.day:02}" for item in days]


def _searches_by_day(board: Board) -> Chart:
    counts = [item.counts for item in board.figures.searches.days]
    total = board.figures.searches.counts
    unanswered = total.searches - total.answered
    return stacked_bars(
        "chart-days",
        "每天的检索次数",
        f"共 {total.searches:,} 次检索，其中 {unanswered:,} 次无匹配；逐日的数在表里。",
        _days(board),
        [
            (Series("series-a", "有答案"), [item.answered for item in counts]),
            (Series("series-b", "无匹配"), [item.searches - item.answered for item in counts]),
        ],
    )


def _shares_by_day(board: Board) -> Chart:
    counts = [item.counts for item in board.figures.searches.days]
    return share_lines(
        "chart-shares",
        "每天的比例",
        "无匹配比例和首条即用比例的逐日变化；逐日的数在表里。",
        _days(board),
        [
            (Series("series-a", "首条即用"), [item.first_used_share for item in counts]),
            (Series("series-b", "无匹配"), [item.no_answer_share for item in counts]),
        ],
    )


def _most_used(board: Board) -> Chart:
    used = [use for use in board.figures.searches.procedures if use.used][:_MOST_BARS]
    names = {card.id: card.title for card in board.cards.values()}
    rows = [(names.get(use.procedure_id, use.procedure_id), use.used) for use in used]
    return ranked_bars(
        "chart-procedures",
        "用得最多的规程",
        f"前 {len(rows)} 份规程用到的次数；全部的数在表里。",
        rows,
        "series-a",
    )
