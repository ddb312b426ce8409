"""The routes of the dashboard."""

from __future__ import annotations

import asyncio
from urllib.parse import quote, urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment
from sqlalchemy import Engine

from kb.figures import Period, csv_file, preset_periods, read_period
from kb.figures.figures import read_figures
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, requires
from web.contexts import Choice
from web.figures.contexts import FiguresPage
from web.figures.drawing import draw_charts
from web.figures.tables import TABLES, Board, make_board
from web.office import office_shell
from web.templating import render

_FIGURES = "/figures"


class FigurePages:
    """Counts what happened in a period, and shows it."""

    def __init__(
        self, knowledge_base: KnowledgeBase, engine: Engine, environment: Environment
    ) -> None:
        self._knowledge_base = knowledge_base
        self._engine = engine
        self._environment = environment

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.get(_FIGURES)
        @requires(Permission.SEE_FIGURES)
        async def figures(request: Request) -> HTMLResponse:
            board = await self._board(self._period(request))
            page = _page(request, board)
            return HTMLResponse(render(self._environment, "figures/figures.html", page))

        @router.get(f"{_FIGURES}/{{name}}.csv")
        @requires(Permission.SEE_FIGURES)
        async def table(request: Request, name: str) -> Response:
            if name not in TABLES:
                raise HTTPException(404)
            period = self._period(request)
            found = TABLES[name](await self._board(period))
            rows = ([cell.value for cell in row] for row in found.rows)
            content = csv_file([column.label for column in found.columns], rows)
            file_name = quote(f"{found.title} {period.first} {period.last}.csv")
            headers = {"content-disposition": f"attachment; filename*=UTF-8''{file_name}"}
            return Response(content, media_type="text/csv; charset=utf-8", headers=headers)

        return router

    def _period(self, request: Request) -> Period:
        params = request.query_params
        today = self._knowledge_base.today
        return read_period(params.get("from", ""), params.get("to", ""), today)

    async def _board(self, period: Period) -> Board:
        view = self._knowledge_base.view
        figures = await asyncio.to_thread(read_figures, self._engine, period)
        return make_board(figures, view)


def _page(request: Request, board: Board) -> FiguresPage:
    period = board.figures.period
    presets = preset_periods(board.view.today).items()
    tables = {name: make(board) for name, make in TABLES.items()}
    return FiguresPage(
        shell=office_shell(request, board.view, "看板", "figures"),
        period=period,
        presets=tuple(
            Choice(name, name, f"{_FIGURES}{_carry(preset)}", preset == period)
            for name, preset in presets
        ),
        carry=_carry(period),
        is_empty=not board.figures.searches.counts.searches,
        tables=tables,
        charts=draw_charts(board),
    )


def _carry(period: Period) -> str:
    return f"?{urlencode({'from': period.first, 'to': period.last})}"
