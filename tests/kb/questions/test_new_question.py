"""What an agent enters: checked, masked, with a promise that the company keeps."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from kb.errors import QueryInvalid
from kb.questions import NewQuestion
from kb.questions.new_question import check_new_question
from kb.settings import Settings
from tests.content_samples import PROPERTY, sample_reference
from tests.kb.privacy.samples import CARD_NUMBERS, IDENTITY_NUMBERS, MOBILE_NUMBERS, PLATES
from tests.kb.questions.floor import DUE, NOW, TICKET, a_promise

MINUTE = timedelta(minutes=1)
REFERENCE = sample_reference()
TICKETS = Settings().ticket_pattern


def entered(now: datetime = NOW, **changes: Any) -> NewQuestion:
    new = a_promise(id="0f" * 16, procedure_id="policy-lapse")
    return check_new_question(replace(new, **changes), TICKETS, REFERENCE, now)


def test_without_a_promise_of_its_own_the_latest_is_promised() -> None:
    assert entered() == NewQuestion("0f" * 16, "火星探测器发射", TICKET, "policy-lapse", NOW, DUE)


def test_an_earlier_promise_is_kept() -> None:
    assert entered(promised_at=NOW + MINUTE).promised_at == NOW + MINUTE
    assert entered(promised_at=DUE).promised_at == DUE


@pytest.mark.parametrize(
    ("promised_at", "said"), [(DUE + MINUTE, "2026-06-01 18:00"), (NOW, "登记之后")]
)
def test_a_promise_beyond_the_rule_or_in_the_past_is_refused(
    promised_at: datetime, said: str
) -> None:
    with pytest.raises(QueryInvalid, match=said):
        entered(promised_at=promised_at)


def test_what_waited_for_the_server_counts_from_when_it_was_asked() -> None:
    late = entered(now=NOW + timedelta(days=2))

    assert (late.asked_at, late.promised_at) == (NOW, DUE)


def test_a_clock_that_is_fast_does_not_count() -> None:
    assert entered(asked_at=NOW + timedelta(days=2)).asked_at == NOW


def test_where_nothing_is_promised_the_agent_decides() -> None:
    nothing_promised = sample_reference(desk="")
    later = NOW + timedelta(days=9)
    entries = (a_promise(), a_promise(promised_at=later))
    stored = [check_new_question(new, TICKETS, nothing_promised, NOW) for new in entries]

    assert [new.promised_at for new in stored] == [None, later]


def test_the_words_are_masked_and_on_one_line() -> None:
    assert entered(text=" 手机 13800138000\n 改号 ").text == "手机 〈手机号〉 改号"


@pytest.mark.parametrize("text", ["", " \n", "\x00", "长" * 501])
def test_words_are_needed_and_not_too_many(text: str) -> None:
    with pytest.raises(QueryInvalid, match="问"):
        entered(text=text)


@pytest.mark.parametrize("id_", ["", "0F" * 16, "0f" * 15, "0f" * 16 + "\n", "../x"])
def test_an_id_is_32_hexadecimal_digits(id_: str) -> None:
    with pytest.raises(QueryInvalid, match="编号"):
        entered(id=id_)


@pytest.mark.parametrize("ticket", ["GD-20260601001", " tk-1234 ", "SERVICE-00000000000001"])
def test_a_ticket_is_kept_as_it_is(ticket: str) -> None:
    assert entered(ticket=ticket).ticket == ticket.strip()


@pytest.mark.parametrize(
    "ticket",
    ["", "20260601001", "GD20260601001", "GD-123", "GD-1234x", "工单-12345", "GD-１２３４５"],
)
def test_what_is_no_ticket_is_refused(ticket: str) -> None:
    with pytest.raises(QueryInvalid, match="工单号"):
        entered(ticket=ticket)


@pytest.mark.parametrize("numbers", [IDENTITY_NUMBERS, MOBILE_NUMBERS, CARD_NUMBERS, PLATES])
def test_no_number_that_names_a_person_looks_like_a_ticket(numbers: Any) -> None:
    @PROPERTY
    @given(number=numbers)
    def is_refused(number: str) -> None:
        assert TICKETS.fullmatch(number) is None

    is_refused()


def test_the_pattern_is_that_of_the_setting() -> None:
    pattern = re.compile(r"\d{3}(\d{3})*")
    new = a_promise(ticket="123456")
    assert check_new_question(new, pattern, REFERENCE, NOW).ticket == "123456"

    for ticket in ("1234", "123" * 22):
        with pytest.raises(QueryInvalid):
            check_new_question(replace(new, ticket=ticket), pattern, REFERENCE, NOW)
