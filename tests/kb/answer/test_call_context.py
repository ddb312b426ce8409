"""What callers write as `键=值` becomes the context of a call, or a message for staff."""

from __future__ import annotations

from datetime import date

import pytest

from kb.answer import CallContext, read_call_context
from kb.errors import CallContextInvalid
from tests.kb.answer.calls import REFERENCE


def read(*pairs: str) -> dict[str, str]:
    return dict(read_call_context(pairs, REFERENCE.vocabulary).given)


def test_pairs_become_the_answers_given() -> None:
    assert read("来电人=投保人", " 办理人 = 代办 ") == {"来电人": "投保人", "办理人": "代办"}
    assert read() == {}


def test_a_later_pair_replaces_an_earlier_one() -> None:
    assert read("地区=北京", "地区=深圳") == {"地区": "深圳"}


def test_an_empty_value_clears_the_key() -> None:
    assert read("地区=北京", "地区=") == {}
    assert read("办理人=") == {}


def test_a_value_may_contain_an_equals_sign() -> None:
    assert read("办理人=本人=代办") == {"办理人": "本人=代办"}


@pytest.mark.parametrize("pair", ["来电人", "=投保人", "", " = "])
def test_a_pair_without_key_or_equals_sign_is_refused(pair: str) -> None:
    with pytest.raises(CallContextInvalid, match="应为 键=值"):
        read(pair)


@pytest.mark.parametrize(
    ("pair", "hint"),
    [
        ("来电人=投保仁", "您是不是要写：投保人"),
        ("地区=深圳市", "您是不是要写：深圳"),
        ("核身=已核身", "您是不是要写：已核"),
        ("产品=终生寿险", "终身寿险"),
        ("渠道=火星", "“渠道”没有“火星”这个值"),
    ],
)
def test_an_unknown_value_of_the_call_is_refused_with_the_nearest(pair: str, hint: str) -> None:
    with pytest.raises(CallContextInvalid, match=hint):
        read(pair)


def test_the_context_knows_verification_region_and_day_of_the_event() -> None:
    context = read_call_context(["核身=已核", "地区=深圳"], REFERENCE.vocabulary, date(2026, 5, 1))
    assert context.is_verified
    assert (context.region, context.event_on) == ("深圳", date(2026, 5, 1))
    assert not read_call_context(["核身=未核"], REFERENCE.vocabulary).is_verified
    assert CallContext() == CallContext({}, None)
    assert (CallContext().is_verified, CallContext().region) == (False, None)
