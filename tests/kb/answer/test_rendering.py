"""The answer as JSON says what the answer says; the notes on last days name the rule."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from kb.answer import answer_json, last_day_note
from kb.content import LastDay, Term, block_hash
from tests.kb.answer.calls import answer

TERM = Term(30, "自然日", "30自然日", "收到申请")


def rows_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the JSON answer in reading order, blocks after their step."""
    rows = [row for step in found["steps"] for row in (step, *step["blocks"])]
    return rows + [
        row
        for name in ("materials", "notes", "deadlines", "follow_ups", "routes")
        for row in found[name]
    ]


def test_the_json_holds_every_row_with_its_state_condition_and_hash() -> None:
    said = answer(办理人="代办")
    rows = rows_of(answer_json(said))
    assert [(row["address"], row["state"], row["condition"], row["hash"]) for row in rows] == [
        (row.part.address, str(row.state), str(row.part.condition), block_hash(row.part))
        for row in said.rows()
    ]


def test_the_json_can_be_written_and_read_back() -> None:
    found = answer_json(answer(地区="北京"))
    assert json.loads(json.dumps(found)) == found


def test_the_json_names_procedure_days_notices_and_questions() -> None:
    found = answer_json(answer(地区="北京", 办理人="本人", event_on=date(2026, 8, 10)))
    assert (found["id"], found["day"], found["event_on"]) == (
        "contact-change",
        "2026-08-03",
        "2026-08-10",
    )
    assert (found["effective_until"], found["replaced_by"]) == (None, None)
    assert found["notices"] == ["北京：本省无特殊规定。"]
    assert found["questions"][0] == {"key": "办理人", "values": ["本人", "代办"], "chosen": "本人"}
    assert found["folded"] == answer(地区="北京", 办理人="本人").folded_count


def test_a_row_has_its_text_and_its_citations() -> None:
    found = answer_json(answer())
    block = found["steps"][2]["blocks"][0]
    assert (block["kind"], block["text"]) == ("必说", "委托书写明代办事项〔示例法§16第2款〕")
    assert block["citations"] == ["示例法§16第2款"]
    assert found["follow_ups"][0]["text"].count("\n") == 1


def test_a_deadline_has_last_day_rules_and_note_for_each_term() -> None:
    found = answer_json(answer(event_on=date(2026, 3, 2)))
    terms = next(row["terms"] for row in found["deadlines"] if row["name"] == "清理停用号码")
    assert [(term["limit"], term["starts_from"], term["last_day"]) for term in terms] == [
        ("30自然日", "发出提醒", "2026-04-01"),
        ("60自然日", "号码停用", "2026-05-06"),
    ]
    assert terms[1]["rules"] == ["民法典§201", "民法典§203"]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (LastDay(date(2026, 4, 1), ("民法典§201",)), ["当日不计入〔民法典§201〕"]),
        (
            LastDay(date(2026, 4, 1), ("民法典§201", "民法典§202", "民法典§203")),
            ["〔民法典§201〕；", "〔民法典§202〕；", "〔民法典§203〕"],
        ),
        (LastDay(None, ("民法典§201",), 2099), ["2099 年放假安排尚未公布"]),
        (LastDay(None, (), 2099, date(2099, 1, 3)), ["2099 年", "不计顺延为 2099-01-03"]),
    ],
)
def test_the_note_names_the_rules_or_the_unpublished_year(end: LastDay, words: list[str]) -> None:
    note = last_day_note(TERM, end)
    assert all(word in note for word in words)


def test_a_term_without_number_has_no_note() -> None:
    assert last_day_note(Term(None, None, "及时", "收到申请"), LastDay(None, ())) == ""
