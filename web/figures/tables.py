"""The tables of the dashboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from kb.clock import SHANGHAI
from kb.feedback import VERDICTS
from kb.figures import self_service_routes
from kb.figures.editing import ApprovalTimes
from kb.figures.figures import Figures
from kb.indexing import Card
from kb.knowledge_view import KnowledgeView
from web.figures.contexts import Cell, Column, FigureTable, Link
from web.filters import fragment

_NOTHING = "—"
_SHOWN_ROUTES = 2
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Board:
    """What the tables are made of."""

    figures: Figures
    view: KnowledgeView
    cards: Mapping[str, Card]
    """Procedure id → card of the version in force today."""


def make_board(figures: Figures, view: KnowledgeView) -> Board:
    """Return the figures beside the content as it is today; on the event loop, like the view."""
    return Board(figures, view, {card.id: card for card in view.cards_today()})


def summary_table(board: Board) -> FigureTable:
    """Return the few figures that stand at the top."""
    searches, editing = board.figures.searches, board.figures.editing
    times = searches.times
    rows = (
        ("检索次数", _count(searches.counts.searches)),
        ("无匹配比例", _share(searches.counts.no_answer_share)),
        ("首条即用比例", _share(searches.counts.first_used_share)),
        ("检索用时中位（毫秒）", _decimal(times.median if times else None)),
        ("检索用时 95 分位（毫秒）", _decimal(times.p95 if times else None)),
        ("用到的规程", _count(sum(use.used > 0 for use in searches.procedures))),
        ("发布次数", _count(editing.approvals.changes)),
        ("紧急停用", _count(len(editing.suspensions))),
    )
    return _table(
        "summary", "总览", ("指标",), ("数值",), [(_text(label), cell) for label, cell in rows], ""
    )


def days_table(board: Board) -> FigureTable:
    """Return the searches of each day."""
    rows = [
        (
            _text(item.day.isoformat()),
            _count(item.counts.searches),
            _count(item.counts.answered),
            _count(item.counts.searches - item.counts.answered),
            _share(item.counts.no_answer_share),
            _share(item.counts.first_used_share),
        )
        for item in board.figures.searches.days
    ]
    numbers = ("检索", "有答案", "无匹配", "无匹配比例", "首条即用比例")
    return _table("days", "每天的检索", ("日期",), numbers, rows, "")


def procedures_table(board: Board) -> FigureTable:
    """Return the procedures that were met, the most used first."""
    rows = [
        (
            _procedure(board, use.procedure_id),
            _count(use.used),
            _count(use.first),
            _count(use.opened),
        )
        for use in board.figures.searches.procedures
    ]
    numbers = ("用到", "排在首条", "点开")
    return _table("procedures", "最常用的规程", ("规程",), numbers, rows, "没有用到规程。")


def unused_table(board: Board) -> FigureTable:
    """Return the procedures in force that nobody met."""
    met = {use.procedure_id for use in board.figures.searches.procedures}
    rows = [
        (_procedure(board, card.id), _text(card.category), _text(card.owner))
        for card in board.cards.values()
        if card.id not in met
    ]
    names = ("规程", "分类", "负责部门")
    return _table("unused", "没有用到的规程", names, (), rows, "每份规程都用到了。")


def questions_table(board: Board) -> FigureTable:
    """Return the questions that were asked most often, with what customers can do themselves."""
    rows = [
        (
            _text(item.query),
            _count(item.times),
            _procedure(board, item.procedure_id) if item.procedure_id else _text("无匹配"),
            _routes(board, item.procedure_id),
        )
        for item in board.figures.searches.questions
    ]
    columns = (Column("问法"), Column("次数", is_number=True), Column("规程"), Column("自助渠道"))
    return FigureTable("questions", "高频问题", columns, tuple(rows), "没有重复问到的问题。")


def _routes(board: Board, procedure_id: str) -> Cell:
    if procedure_id not in board.cards:
        return _text("")
    routes = self_service_routes(board.view.procedure(procedure_id))[:_SHOWN_ROUTES]
    path = f"/procedures/{quote(procedure_id)}"
    links = tuple(Link(route.text, f"{path}#{fragment(route.address)}") for route in routes)
    return Cell("；".join(route.text for route in routes), "规程里没有写", links)


def feedback_table(board: Board) -> FigureTable:
    """Return what agents said of the answers."""
    verdicts = board.figures.editing.verdicts
    rows = [(_text(verdict), _count(verdicts.get(verdict, 0))) for verdict in VERDICTS]
    return _table("feedback", "坐席反馈", ("评价",), ("条数",), rows, "")


def reviews_table(board: Board) -> FigureTable:
    """Return the procedures whose review is overdue today, the most overdue first."""
    today = board.view.today
    overdue = [card for card in board.cards.values() if card.is_overdue(today)]
    overdue.sort(key=lambda card: (card.review_by, card.title))
    rows = [
        (
            _procedure(board, card.id),
            _text(card.owner),
            _text(card.review_by.isoformat()),
            _count((today - card.review_by).days),
        )
        for card in overdue
    ]
    names = ("规程", "负责部门", "复审日")
    return _table("reviews", "复审逾期", names, ("逾期天数",), rows, "没有逾期的复审。")


def approvals_table(board: Board) -> FigureTable:
    """Return how long the changes took that were published."""
    editing = board.figures.editing
    rows = [
        _approval_row("全部", editing.approvals),
        _approval_row("其中紧急更正", editing.urgent),
    ]
    numbers = ("发布次数", "提交到批准", "批准到发布", "提交到发布")
    return _table("approvals", "审批用时（中位）", ("范围",), numbers, rows, "")


def _approval_row(label: str, times: ApprovalTimes) -> tuple[Cell, ...]:
    spans = (times.to_approval, times.to_publication, times.in_all)
    return (_text(label), _count(times.changes), *map(_span, spans))


def suspensions_table(board: Board) -> FigureTable:
    """Return what was suspended, the latest first."""
    rows = [
        (
            _procedure(board, item.procedure_id),
            _text(item.address),
            _text(f"{item.suspended_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
            _text(
                f"{item.lifted_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
                if item.lifted_at
                else "仍停用"
            ),
            _text(item.reason),
        )
        for item in board.figures.editing.suspensions
    ]
    names = ("规程", "步骤", "停用", "恢复", "理由")
    return _table("suspensions", "紧急停用", names, (), rows, "没有紧急停用。")


TABLES: Mapping[str, Callable[[Board], FigureTable]] = {
    "summary": summary_table,
    "days": days_table,
    "procedures": procedures_table,
    "unused": unused_table,
    "questions": questions_table,
    "feedback": feedback_table,
    "reviews": reviews_table,
    "approvals": approvals_table,
    "suspensions": suspensions_table,
}
"""Name → what makes the table."""


def _table(
    name: str,
    title: str,
    names: Iterable[str],
    numbers: Iterable[str],
    rows: Sequence[tuple[Cell, ...]],
    empty: str,
) -> FigureTable:
    columns = (*map(Column, names), *(Column(label, is_number=True) for label in numbers))
    return FigureTable(name, title, columns, tuple(rows), empty)


def _procedure(board: Board, procedure_id: str) -> Cell:
    """Return a procedure by its title; one that is no longer in force has but its id."""
    card = board.cards.get(procedure_id)
    if card is None:
        return _text(procedure_id)
    link = Link(card.title, f"/procedures/{quote(procedure_id)}")
    return Cell(card.title, card.title, (link,))


def _text(text: str) -> Cell:
    return Cell(text, text)


def _count(count: int) -> Cell:
    return Cell(count, f"{count:,}", is_number=True)


def _share(share: float | None) -> Cell:
    if share is None:
        return Cell("", _NOTHING, is_number=True)
    return Cell(round(share, 4), f"{share:.1%}", is_number=True)


def _decimal(value: float | None) -> Cell:
    if value is None:
        return Cell("", _NOTHING, is_number=True)
    return Cell(round(value, 2), f"{value:.1f}", is_number=True)


def _span(span: timedelta | None) -> Cell:
    if span is None:
        return Cell("", _NOTHING, is_number=True)
    return Cell(round(span / _MINUTE, 1), span_text(span), is_number=True)


def span_text(span: timedelta) -> str:
    """Return a length of time as staff say it, in its two largest units."""
    minutes = round(span / _MINUTE)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    units = ((days, "天"), (hours, "小时"), (minutes, "分"))
    named = [f"{count} {unit}" for count, unit in units if count]
    return " ".join(named[:2]) or "不到 1 分"
