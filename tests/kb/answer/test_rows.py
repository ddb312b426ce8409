"""Which rows of an answer are shown, open, folded or waiting for verification."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.answer import CallContext, RowState, make_answer
from tests.content_samples import PROPERTY, SAMPLE, changed, procedure_in
from tests.kb.answer.calls import DAY, REFERENCE, answer, states


def test_without_a_word_from_the_caller_no_row_is_folded() -> None:
    assert answer().folded_count == 0
    assert "folded" not in states(answer()).values()


def test_a_row_without_condition_is_shown() -> None:
    found = states(answer())
    for address in (
        "verify",
        "verify/必核/1",
        "所需材料/变更申请书",
        "no-read-out",
        "时效/告知结果",
        "when",
    ):
        assert found[address] == "shown"


@pytest.mark.parametrize(
    "address",
    ["proxy", "所需材料/授权委托书", "no-agent-number", "own-number", "升级与转办/2"],
)
def test_a_conditional_row_is_open_shown_or_folded_by_the_answer(address: str) -> None:
    assert states(answer())[address] == "open"
    assert states(answer(办理人="代办"))[address] == "shown"
    assert states(answer(办理人="本人"))[address] == "folded"


def test_a_block_follows_its_own_condition() -> None:
    address = "verify/必说/1"
    assert states(answer())[address] == "open"
    assert states(answer(来电人="受益人"))[address] == "shown"
    assert states(answer(来电人="投保人"))[address] == "folded"
    assert states(answer(来电人="投保人"))["verify"] == "shown"


def test_a_deadline_follows_its_condition() -> None:
    address = "时效/清理停用号码"
    assert states(answer())[address] == "open"
    assert states(answer(号码状态="停用"))[address] == "shown"
    assert states(answer(号码状态="在用"))[address] == "folded"


@pytest.mark.parametrize(
    ("region", "state"),
    [("深圳", "shown"), ("广东", "open"), ("全国", "open"), ("广州", "folded"), ("北京", "folded")],
)
def test_a_row_of_a_region_looks_at_parents_and_children(region: str, state: str) -> None:
    assert states(answer(地区=region))["local-form"] == state


def test_folded_rows_are_counted_blocks_included() -> None:
    # Two rows of 号码状态=停用: a block of a step and a deadline.
    assert answer(号码状态="在用").folded_count == 2
    # The block of the first step for other callers.
    assert answer(来电人="投保人").folded_count == 1


def test_folded_rows_stay_in_the_answer() -> None:
    everything = [row.part.address for row in answer().rows()]
    assert [row.part.address for row in answer(办理人="本人", 来电人="投保人").rows()] == everything


def test_the_blocks_of_a_folded_step_fold_with_it_and_are_counted() -> None:
    found = answer(办理人="本人")
    proxy = next(step for step in found.steps if step.part.address == "proxy")
    assert proxy.is_folded
    assert all(block.is_folded for block in proxy.blocks)
    # proxy and its two blocks, a material, a note, a follow-up, a route.
    assert found.folded_count == 7


def test_a_step_that_needs_verification_hides_its_blocks_until_then() -> None:
    found = states(answer())
    assert found["read-out"] == "verify_first"
    assert found["read-out/必记/1"] == "verify_first"
    assert found["read-out/话术/1"] == "verify_first"


@pytest.mark.parametrize("given_", [{}, {"核身": "未核"}])
def test_what_must_not_be_said_is_visible_before_verification(given_: dict[str, str]) -> None:
    found = states(answer(**given_))
    assert found["read-out/禁说/1"] == "shown"
    assert found["read-out/禁说/2"] == "open"


def test_a_prohibition_folds_only_after_an_answer_even_before_verification() -> None:
    assert states(answer(号码状态="停用"))["read-out/禁说/2"] == "shown"
    assert states(answer(号码状态="在用"))["read-out/禁说/2"] == "folded"


def test_verification_shows_the_step_and_its_blocks() -> None:
    found = states(answer(核身="已核"))
    assert found["read-out"] == "shown"
    assert found["read-out/必记/1"] == "shown"
    assert found["read-out/话术/1"] == "open"


def test_a_step_that_does_not_apply_folds_before_verification_is_asked_for() -> None:
    text = changed("{#read-out 需核身}", "{#read-out 需核身 办理人=代办}")
    assert states(answer(text, 办理人="本人"))["read-out"] == "folded"
    assert states(answer(text))["read-out"] == "verify_first"
    assert states(answer(text, 核身="已核"))["read-out"] == "open"


def test_a_block_that_does_not_apply_is_folded_before_verification() -> None:
    assert states(answer(号码状态="停用"))["read-out/话术/1"] == "folded"


def test_questions_carry_the_answer_that_was_given() -> None:
    found = answer(办理人="代办").questions
    assert [(item.key, item.values, item.chosen) for item in found] == [
        ("办理人", ("本人", "代办"), "代办"),
        ("号码状态", ("在用", "停用"), None),
    ]


def test_an_answer_that_this_procedure_does_not_offer_leaves_its_rows_open() -> None:
    """Answers stay with the call: another procedure may have asked the same key differently."""
    found = answer(办理人="监护人")
    assert found.questions[0].chosen is None
    assert found.folded_count == 0
    assert states(found)["no-agent-number"] == "open"


def test_answers_to_questions_of_other_procedures_mean_nothing() -> None:
    assert states(answer(出险情况="已出险")) == states(answer())


@PROPERTY
@given(
    st.dictionaries(
        st.sampled_from(["办理人", "号码状态", "来电人", "核身", "地区", "渠道", "产品"]),
        st.sampled_from(
            ["本人", "代办", "在用", "停用", "投保人", "受益人", "已核", "未核", "深圳", "广东"]
        ),
    )
)
def test_no_answer_ever_drops_a_row(given_: dict[str, str]) -> None:
    procedure = procedure_in(SAMPLE)
    found = make_answer(procedure, DAY, CallContext(given_), REFERENCE)
    assert [row.part for row in found.rows()] == list(procedure.parts())
    assert found.folded_count == sum(row.state is RowState.FOLDED for row in found.rows())
    waiting = [row for row in found.rows() if row.state is RowState.VERIFY_FIRST]
    assert not waiting or given_.get("核身") != "已核"
    assert all(getattr(row.part, "kind", "") != "禁说" for row in waiting)
