"""`kb exam link`: which procedures and parts answer items, to pin them to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from kb.cli.common import JsonOption, open_knowledge_base, print_json
from kb.content import BANKS
from kb.exams import BankedItem, ItemBank
from kb.exams.linking import ItemLinks, Linker, LinkSuggestion, SuggestedPart

_Linked = Sequence[tuple[BankedItem, ItemLinks]]


def link(
    item_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[题号…]", help="默认是还没有关联的题。")
    ] = None,
    json_output: JsonOption = False,
) -> None:
    """给考题找对应的规程和条目，说明依据；没有的，标明无对应规程。"""
    view = open_knowledge_base().view
    bank = ItemBank(view.exam_files, BANKS)
    chosen = (
        [bank.get(item_id) for item_id in item_ids]
        if item_ids
        else [banked for banked in bank.items if not banked.item.all_pins]
    )
    linker = Linker(view)
    linked = [(banked, linker.suggest(banked.item)) for banked in chosen]
    if json_output:
        print_json({"items": [_item_json(banked, links) for banked, links in linked]})
    else:
        print("\n".join(_lines(linked)))


def _item_json(banked: BankedItem, links: ItemLinks) -> dict[str, Any]:
    return {
        "id": banked.item.id,
        "bank": banked.bank,
        "path": banked.path,
        "line": banked.item.line,
        "answered": links.is_answered,
        "confidence": round(links.confidence, 3),
        "procedures": [_procedure_json(suggestion) for suggestion in links.suggestions],
    }


def _procedure_json(suggestion: LinkSuggestion) -> dict[str, Any]:
    return {
        "id": suggestion.card.id,
        "title": suggestion.card.title,
        "score": round(suggestion.score, 2),
        "pinned": suggestion.is_pinned,
        "why": [str(reason) for reason in suggestion.reasons],
        "parts": [_part_json(part) for part in suggestion.parts],
    }


def _part_json(part: SuggestedPart) -> dict[str, Any]:
    return {
        "target": part.target,
        "hash": part.block_hash,
        "label": part.label,
        "score": round(part.score, 2),
        "pinned": part.is_pinned,
        "why": [str(reason) for reason in part.reasons],
    }


def _lines(linked: _Linked) -> Iterator[str]:
    for banked, links in linked:
        verdict = "" if links.is_answered else "无对应规程"
        if verdict and links.suggestions:
            verdict += "，以下只是沾边的"
        yield f"{banked.path}:{banked.item.line}: {banked.item.id}（{banked.bank}）{verdict}"
        for rank, suggestion in enumerate(links.suggestions, 1):
            yield from _procedure_lines(rank, suggestion)
    answered = sum(links.is_answered for _, links in linked)
    yield f"{len(linked)} 道题：{answered} 道有对应规程，{len(linked) - answered} 道无对应规程。"
    if answered:
        yield "合适的，把那一行“- 关联: …”抄进题里。"


def _procedure_lines(rank: int, suggestion: LinkSuggestion) -> Iterator[str]:
    why = "；".join(map(str, suggestion.reasons))
    yield f"{rank}. {suggestion.card.title}  [{suggestion.card.id}]  {suggestion.score:.1f}  {why}"
    for part in suggestion.parts:
        pinned = "（已关联）" if part.is_pinned else ""
        yield f"   - 关联: {part.target} {part.block_hash}"
        yield f"     {part.label}{pinned}：{'；'.join(map(str, part.reasons))}"
