"""`kb search`: what the search page finds, in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli.common import (
    JsonOption,
    OnOption,
    RegionOption,
    open_knowledge_base,
    print_json,
)
from kb.cli.explanation import explanation_lines
from kb.clock import read_day
from kb.knowledge_view import KnowledgeView
from kb.rendering import explanation_json, search_json
from kb.search.searcher import DEFAULT_LIMIT, SearchHit


def search(
    words: Annotated[list[str], typer.Argument(help="要查的话，可以是客户原话、短词、拼音。")],
    limit: Annotated[int, typer.Option(help="最多几条。")] = DEFAULT_LIMIT,
    on: OnOption = "",
    region: RegionOption = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="改为说明：怎样理解这句话，前三条为什么这样排。")
    ] = False,
    json_output: JsonOption = False,
) -> None:
    """检索规程。"""
    view = open_knowledge_base().view
    text, day = " ".join(words), read_day(on)
    if explain:
        explanation = view.explain(text, day, region)
        if json_output:
            print_json(explanation_json(explanation))
        else:
            print("\n".join(explanation_lines(explanation)))
        return
    result = view.search(text, limit, day, region)
    if json_output:
        print_json(search_json(result, view))
        return
    if not result.answered:
        weak = "以下只是沾边的：" if result.hits else ""
        print(f"无匹配。可转二线，或登记待答。{weak}")
        if subject := view.elsewhere(result):
            print(f"像是在问{subject.name}，不在规程范围。办理方：{subject.handled_by}。")
    for rank, hit in enumerate(result.hits, 1):
        _print_hit(rank, hit, view)


def _print_hit(rank: int, hit: SearchHit, view: KnowledgeView) -> None:
    card = view.card(hit.number)
    overdue = "  复审逾期" if card.is_overdue(view.today) else ""
    mark = "  【暂停使用，转二线】" if view.suspended(hit.id) else ""
    print(f"{rank}. {card.title}  [{hit.id}]  {hit.score:.2f}{overdue}{mark}")
    print(f"   {card.summary}")
    if hit.snippet:
        text = "".join(
            f"【{piece.text}】" if piece.is_match else piece.text for piece in hit.snippet.pieces
        )
        print(f"   {hit.snippet.label}：{text}")
    print(f"   命中：{hit.why}")
