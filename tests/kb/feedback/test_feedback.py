"""What is kept of an agent's word on an answer, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kb.answer import CallContext
from kb.errors import QueryInvalid
from kb.feedback import MAX_LINE_CHARS, VERDICTS, Feedback, new_feedback
from tests.kb.answer.calls import DAY, answer
from tests.kb.feedback.sayings import REVISION


def say(given: dict[str, str] | None = None, **changes: Any) -> Feedback:
    """Return feedback on the sample procedure in a call of which `given` is known."""
    given = given or {}
    values = {"verdict": "有错", "revision": REVISION, "search_id": "", "line": "", **changes}
    return new_feedback(answer(**given), CallContext(given), **values)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_feedback_names_the_answer_it_is_about(verdict: str) -> None:
    before = datetime.now(UTC)
    said = say(verdict=verdict, search_id="a" * 32, line="多了一步")

    assert (said.verdict, said.procedure_id, said.day) == (verdict, "contact-change", DAY)
    assert (said.revision, said.search_id, said.line) == (REVISION, "a" * 32, "多了一步")
    assert before <= said.at <= datetime.now(UTC)
    assert said.id != say().id


def test_the_call_is_written_in_one_order_with_what_the_answer_knows() -> None:
    given = {"号码状态": "停用", "地区": "深圳", "办理人": "代办", "核身": "已核"}
    said = say(given)

    assert said.context == say(dict(reversed(given.items()))).context
    assert said.context == "核身=已核 地区=深圳 办理人=代办 号码状态=停用"


def test_of_the_call_nothing_is_kept_that_the_answer_does_not_ask() -> None:
    assert say({"姓名": "张三", "办理人": "监护人"}).context == ""


def test_a_line_is_one_line() -> None:
    assert say(line=" 第 3 步\r\n\t不对\u3000。 ").line == "第 3 步 不对 。"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"verdict": "一般"}, "有用、没解决、有错"),
        ({"verdict": ""}, "有用、没解决、有错"),
        ({"revision": ""}, "修订号"),
        ({"revision": "0F" * 32}, "修订号"),
        ({"revision": "13800138000"}, "修订号"),
        ({"line": "长" * (MAX_LINE_CHARS + 1)}, "500 字"),
    ],
)
def test_what_cannot_be_meant_is_refused(changes: dict[str, str], words: str) -> None:
    with pytest.raises(QueryInvalid, match=words):
        say(**changes)


def test_the_longest_line_is_taken() -> None:
    assert len(say(line="长" * MAX_LINE_CHARS).line) == MAX_LINE_CHARS
