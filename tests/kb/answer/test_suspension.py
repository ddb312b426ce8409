"""What is suspended says only that it is; what must not be said stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kb.answer import WHOLE, CallContext, RowState, Suspended, answer_json, make_answer
from kb.cli.show import answer_lines
from kb.content import prose_of
from tests.content_samples import SAMPLE, procedure_in, sample_reference

DAY = date(2026, 6, 1)
SINCE = datetime(2026, 6, 1, 14, 5, tzinfo=UTC)
WHY = Suspended("金额写错，核对中", SINCE)
WORDING = "暂停使用（6月1日 22:05起），请转二线。原因：金额写错，核对中"
PROCEDURE = procedure_in(SAMPLE)
REFERENCE = sample_reference()
CALLS = ({}, {"核身": "已核", "号码状态": "停用"}, {"办理人": "本人"})


def answer(suspended: dict[str, Suspended], given: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    return make_answer(PROCEDURE, DAY, CallContext(given or {}), REFERENCE, suspended)


def forbidden(text: str) -> set[str]:
    """Return which of the sample's own words stand in `text`."""
    words = {prose.plain for part in PROCEDURE.parts() for prose in prose_of(part) if prose.plain}
    words |= {PROCEDURE.summary, *(item.name for item in PROCEDURE.materials)}
    return {word for word in words if word in text}


@pytest.mark.parametrize("given", CALLS)
def test_a_suspended_procedure_gives_out_prohibitions_and_routes_alone(
    given: dict[str, str],
) -> None:
    found = answer({WHOLE: WHY}, given)
    printed = "\n".join(answer_lines(found))
    body = str(answer_json(found))

    allowed = {prose.plain for item in PROCEDURE.routes for prose in prose_of(item)}
    allowed |= {note.text.plain for note in PROCEDURE.notes if note.kind == "禁止"}
    blocks = [block for step in PROCEDURE.steps for block in step.blocks]
    allowed |= {block.text.plain for block in blocks if block.kind == "禁说"}
    assert forbidden(printed) <= allowed
    assert forbidden(body) <= allowed
    assert "随便报个号就行" in printed
    assert WORDING in printed
    assert found.suspended == WHY
    assert (found.questions, found.materials, found.deadlines, found.follow_ups) == ((),) * 4
    assert {step.state for step in found.steps} <= {RowState.SUSPENDED, RowState.FOLDED}


@pytest.mark.parametrize("given", CALLS)
def test_a_suspended_step_gives_out_its_prohibitions_alone(given: dict[str, str]) -> None:
    found = answer({"read-out": WHY}, given)
    whole = answer({}, given)
    (step,) = (item for item in found.steps if item.part.address == "read-out")

    assert step.state is RowState.SUSPENDED
    assert step.part.text.plain == WORDING
    assert {row.part.kind for row in step.blocks} == {"禁说"}
    assert [row.state for row in step.blocks] == [
        row.state
        for item in whole.steps
        if item.part.address == "read-out"
        for row in item.blocks
        if row.part.kind == "禁说"
    ]
    others = [item for item in found.steps if item is not step]
    assert others == [item for item in whole.steps if item.part.address != "read-out"]
    assert replace(found, steps=(), procedure=PROCEDURE, suspensions={}) == replace(
        whole, steps=(), suspensions={}
    )
    assert "报出登记号码" not in "\n".join(answer_lines(found)) + str(answer_json(found))


def test_a_step_that_does_not_apply_stays_folded() -> None:
    found = answer({"proxy": WHY}, {"办理人": "本人"})

    assert {step.part.address: step.state for step in found.steps}["proxy"] is RowState.FOLDED


def test_json_says_why_and_since_when() -> None:
    body = answer_json(answer({WHOLE: WHY}))

    assert body["suspended"] == {"reason": WHY.reason, "since": "2026-06-01T14:05:00+00:00"}
    assert body["summary"] == WORDING
    assert {step["state"] for step in body["steps"]} == {"suspended"}
    assert answer_json(answer({}))["suspended"] is None


def test_the_fingerprint_tells_each_suspension_apart() -> None:
    parts = ({}, {WHOLE: WHY}, {"verify": WHY}, {"read-out": WHY, "verify": WHY})
    found = [answer(part).fingerprint for part in parts]

    assert len(set(found)) == len(found)
    assert all(item.startswith(PROCEDURE.revision[:12]) for item in found)


def test_an_address_that_is_none_suspends_nothing() -> None:
    assert answer({"no-such-step": WHY}).steps == answer({}).steps
