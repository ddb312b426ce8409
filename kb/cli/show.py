"""`kb show`: the answer as the agent reads it, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from kb.answer import Answer, RowState, answer_json, last_day_note
from kb.cli.common import JsonOption, OnOption, open_knowledge_base, print_json
from kb.clock import read_day
from kb.content import Part, prose_of

_MARKS = {
    RowState.SHOWN: "",
    RowState.OPEN: "（如果 {condition}）",
    RowState.VERIFY_FIRST: "（先核身）",
}


def show(
    procedure_id: Annotated[str, typer.Argument(metavar="编号", help="规程编号。")],
    on: OnOption = "",
    revision: Annotated[str, typer.Option(help="按修订号（文件 sha256 的开头）查看。")] = "",
    given: Annotated[
        list[str] | None, typer.Option("--set", help="通话信息，键=值，如 办理人=代办；可多次。")
    ] = None,
    event_on: Annotated[str, typer.Option("--event", help="时效从哪一天起算；默认当天。")] = "",
    json_output: JsonOption = False,
) -> None:
    """查看一份规程：步骤、材料、合规提示、时效、追问、转办。"""
    view = open_knowledge_base().view
    context = view.call_context(given or (), read_day(event_on))
    day = read_day(on) or view.today
    answer = view.answer(procedure_id, context, day, revision)
    if json_output:
        print_json(answer_json(answer))
    else:
        print("\n".join(answer_lines(answer)))


def answer_lines(answer: Answer) -> Iterator[str]:
    """Yield the answer line by line; folded rows are counted, not printed."""
    procedure = answer.procedure
    yield f"{procedure.title}  [{procedure.id}]  {procedure.effective_from} 起施行"
    yield procedure.summary
    yield from (f"注意：{notice}" for notice in answer.notices)
    for question in answer.questions:
        yield f"先问 {question.key}：{question.chosen or ' / '.join(question.values)}"
    yield from _step_lines(answer)
    yield from _section(
        "所需材料", ((row.part, row.state, row.part.name) for row in answer.materials)
    )
    yield from _section("合规提示", ((row.part, row.state, row.part.kind) for row in answer.notes))
    yield from _deadline_lines(answer)
    yield from _section(
        "常见追问", ((row.part, row.state, row.part.question) for row in answer.follow_ups)
    )
    yield from _section(
        "升级与转办", ((row.part, row.state, row.part.kind) for row in answer.routes)
    )
    if answer.folded_count:
        yield f"\n已收起不适用的 {answer.folded_count} 项。"


def _step_lines(answer: Answer) -> Iterator[str]:
    yield "\n办理步骤"
    for step in answer.steps:
        if not step.is_folded:
            yield f"{step.part.number}. {_mark(step.part, step.state)}{step.part.text.raw}"
            for row in step.blocks:
                if row.state in (RowState.SHOWN, RowState.OPEN):
                    yield f"   {row.part.kind}：{_mark(row.part, row.state)}{row.part.text.raw}"


def _section(heading: str, rows: Iterator[tuple[Part, RowState, str]]) -> Iterator[str]:
    lines = [
        f"- {label}：{_mark(part, state)}{' '.join(prose.raw for prose in prose_of(part))}"
        for part, state, label in rows
        if state is not RowState.FOLDED
    ]
    if lines:
        yield f"\n{heading}"
        yield from lines


def _deadline_lines(answer: Answer) -> Iterator[str]:
    shown = [item for item in answer.deadlines if not item.is_folded]
    if shown:
        yield f"\n时效（从 {answer.event_on} 起算）"
    for item in shown:
        for term, end in zip(item.part.terms, item.ends, strict=True):
            last = f"，最后一日 {end.day}" if end.day else ""
            note = last_day_note(term, end)
            yield (
                f"- {item.part.name}：{_mark(item.part, item.state)}{term.starts_from}起 "
                f"{term.wording}{last}{item.part.authority.raw}{f'（{note}）' if note else ''}"
            )


def _mark(part: Part, state: RowState) -> str:
    return _MARKS.get(state, "").format(condition=part.condition)
