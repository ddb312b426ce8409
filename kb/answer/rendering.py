"""The Answer as plain values for JSON, and the sentences that every rendering shares."""

from __future__ import annotations

from typing import Any

from kb.answer.answer import Answer, AnswerDeadline, AnswerStep, Row, RowState
from kb.answer.suspension import Suspended
from kb.content import Block, Deadline, LastDay, Part, Term, block_hash, prose_of

_RULE_WORDS = {
    "民法典§201": "当日不计入",
    "民法典§202": "按月、年的对应日",
    "民法典§203": "末日是休息日，顺延",
}


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the answer as JSON values; keys are stable."""
    procedure = answer.procedure
    return {
        "id": procedure.id,
        "title": procedure.title,
        "category": procedure.category,
        "summary": procedure.summary,
        "owner": procedure.owner,
        "effective_from": procedure.effective_from.isoformat(),
        "effective_until": procedure.effective_until and procedure.effective_until.isoformat(),
        "replaced_by": procedure.replaced_by,
        "review_by": procedure.review_by.isoformat(),
        "revision": procedure.revision,
        "day": answer.day.isoformat(),
        "event_on": answer.event_on.isoformat(),
        "fingerprint": answer.fingerprint,
        "suspended": _suspended(answer.suspended),
        "notices": list(answer.notices),
        "questions": [
            {"key": item.key, "values": list(item.values), "chosen": item.chosen}
            for item in answer.questions
        ],
        "steps": [_step(step) for step in answer.steps],
        "materials": [_row(row, name=row.part.name) for row in answer.materials],
        "notes": [_row(row, kind=row.part.kind) for row in answer.notes],
        "deadlines": [_deadline(item) for item in answer.deadlines],
        "follow_ups": [_row(row, question=row.part.question) for row in answer.follow_ups],
        "routes": [_row(row, kind=row.part.kind) for row in answer.routes],
        "folded": answer.folded_count,
        "related": list(procedure.related),
    }


def _suspended(suspended: Suspended | None) -> dict[str, str] | None:
    if suspended is None:
        return None
    return {"reason": suspended.reason, "since": suspended.since.isoformat(timespec="seconds")}


def _part(part: Part, state: RowState) -> dict[str, Any]:
    proses = prose_of(part)
    return {
        "address": part.address,
        "state": str(state),
        "condition": str(part.condition),
        "text": "\n".join(prose.raw for prose in proses),
        "citations": [str(item) for prose in proses for item in prose.citations],
        "hash": block_hash(part),
    }


def _row(row: Row[Any], **own: Any) -> dict[str, Any]:
    return {**own, **_part(row.part, row.state)}


def _step(step: AnswerStep) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    for row in step.blocks:
        block: Block = row.part
        blocks.append(_row(row, kind=block.kind))
    return {
        "number": step.part.number,
        "needs_verification": step.part.needs_verification,
        **_part(step.part, step.state),
        "blocks": blocks,
    }


def _deadline(item: AnswerDeadline) -> dict[str, Any]:
    deadline: Deadline = item.part
    return {
        "name": deadline.name,
        **_part(deadline, item.state),
        "terms": [
            {
                "limit": term.wording,
                "starts_from": term.starts_from,
                "last_day": end.day and end.day.isoformat(),
                "rules": list(end.rules),
                "note": last_day_note(term, end),
            }
            for term, end in zip(deadline.terms, item.ends, strict=True)
        ],
    }


def last_day_note(term: Term, end: LastDay) -> str:
    """Return how the last day was counted, or why there is none; empty for worded terms."""
    if term.amount is None:
        return ""
    if end.unpublished_year:
        before = f"，不计顺延为 {end.unadjusted}" if end.unadjusted else ""
        return f"{end.unpublished_year} 年放假安排尚未公布，末日未定{before}"
    return "；".join(f"{_RULE_WORDS[rule]}〔{rule}〕" for rule in end.rules)
