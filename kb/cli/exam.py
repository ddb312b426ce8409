"""`kb exam`: which items no longer hold, which parts have none, and confirming what still holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from kb.cli.common import JsonOption, open_knowledge_base, print_json
from kb.clock import shanghai_today
from kb.content import BANKS, read_content_files
from kb.exams import (
    COVERED_KINDS,
    CoverageRow,
    ItemBank,
    ItemStanding,
    Staleness,
    confirmed_files,
    coverage,
    coverage_table,
)
from kb.settings import read_settings


def stale(json_output: JsonOption = False) -> None:
    """列出待复核的题、将要失效的题、和规程说法对不上的题。"""
    view = open_knowledge_base().view
    staleness = Staleness(view)
    # Whoever runs commands here has the files, and with them both banks.
    standings = staleness.all_of(ItemBank(view.exam_files, BANKS).items)
    told = {
        standing.banked.item.id: staleness.contradictions_in(standing.banked.item)
        for standing in standings
    }
    found = {
        "stale": [_standing_json(item) for item in standings if item.is_stale],
        "ending": [_standing_json(item) for item in standings if item.ends_on],
        "contradictions": [
            {"id": id_, "part": reason.address, "message": reason.message}
            for id_, reasons in told.items()
            for reason in reasons
        ],
    }
    if json_output:
        print_json({"items": len(standings), **found})
    else:
        print("\n".join(_stale_lines(len(standings), found)))


def _standing_json(standing: ItemStanding) -> dict[str, Any]:
    banked = standing.banked
    return {
        "id": banked.item.id,
        "bank": banked.bank,
        "path": banked.path,
        "line": banked.item.line,
        "ends_on": standing.ends_on,
        "pins": [
            {"target": pin.pin.target, "state": pin.wording}
            for pin in standing.pins
            if pin.day or pin in standing.stale_pins
        ],
    }


def _stale_lines(count: int, found: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    for item in (*found["stale"], *found["ending"]):
        reasons = "、".join(f"{pin['target']} {pin['state']}" for pin in item["pins"])
        yield f"{item['path']}:{item['line']}: {item['id']}（{item['bank']}）{reasons}"
    for reason in found["contradictions"]:
        yield f"{reason['id']}: {reason['part']} {reason['message']}"
    yield (
        f"{count} 道题：{len(found['stale'])} 道待复核，{len(found['ending'])} 道将要失效，"
        f"{len(found['contradictions'])} 处和规程对不上。"
    )
    if found["stale"]:
        yield "对照规程看过、仍然正确的，运行 kb exam confirm 题号；不对的，改题。"


def show_coverage(
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="文件", help="写成 CSV 文件，Excel 可以打开。")
    ] = None,
) -> None:
    """逐份规程列出必说、禁说、时效、材料有多少条、有题的几条。"""
    view = open_knowledge_base().view
    rows = coverage(view, ItemBank(view.exam_files, BANKS), Staleness(view))
    if csv is None:
        _print_coverage(rows)
        return
    # Only this option needs it, and it comes with what figures need.
    from kb.figures import csv_file

    heading, *lines = coverage_table(rows)
    csv.write_bytes(csv_file(heading, lines))
    print(f"已写好 {csv}：{len(lines)} 份规程。")


def _print_coverage(rows: Sequence[CoverageRow]) -> None:
    table = Table("规程", "题数", *COVERED_KINDS)
    for row in rows:
        shares = (f"{cell.covered}/{len(cell.parts)}" for cell in row.cells)
        table.add_row(row.card.id, str(row.items), *shares)
    Console().print(table)
    for number, kind in enumerate(COVERED_KINDS):
        cells = [row.cells[number] for row in rows]
        covered, parts = sum(cell.covered for cell in cells), sum(len(cell.parts) for cell in cells)
        print(f"{kind}：{parts} 条，{covered} 条有题。")


def confirm(
    item_ids: Annotated[list[str], typer.Argument(metavar="题号…", help="如 surrender-1。")],
) -> None:
    """确认这些题和规程现在的内容相符，把校验码写进文件。"""
    folder = read_settings().content_folder
    files = confirmed_files(read_content_files(folder), item_ids, shanghai_today())
    for path, text in files.items():
        (folder / path).write_text(text, encoding="utf-8")
    print(f"已确认 {len(set(item_ids))} 道题，改了 {len(files)} 个文件。")
