"""How single values are printed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from kb.content.condition import Clause, Condition
from kb.content.fault import FaultCollector
from kb.content.prose import parse_prose
from kb.people import Person, Role
from tests.web.documents import read_html
from web.filters import condition, day, fragment, may, moment, points, regulation_href
from web.templating import make_environment


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 22), "2026-11-22（周日）"),
        (date(2026, 11, 23), "2026-11-23（周一）"),
        (date(999, 1, 5), "0999-01-05（周六）"),
    ],
)
def test_a_day_is_printed_with_its_weekday(value: date, text: str) -> None:
    assert day(value) == text


def test_an_instant_is_printed_as_one_in_shanghai() -> None:
    assert moment(datetime(2026, 6, 1, 16, 30, tzinfo=UTC)) == "2026-06-02 00:30"


def test_a_permission_is_named_by_its_word() -> None:
    editor = Person("1", "linx", "林晓", "", frozenset({Role.EDITOR}))

    assert may(editor, "处理问题")
    assert not may(editor, "督办")
    with pytest.raises(ValueError, match="处理"):
        may(editor, "处理")


def test_a_condition_is_printed_as_staff_read_it() -> None:
    value = Condition((Clause("办理人", ("代办",)), Clause("保单形式", ("电子", "纸质"))))

    assert condition(value) == "办理人＝代办，保单形式＝电子或纸质"
    assert condition(Condition()) == ""


@pytest.mark.parametrize(
    ("value", "text"), [(1.234, "1.23"), (-0.005, "-0.01"), (-0.0, "0.00"), (0.0, "0.00")]
)
def test_points_have_two_decimals_and_nothing_has_no_sign(value: float, text: str) -> None:
    assert points(value) == text


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("verify", "verify"),
        ("verify/必说/1", "verify"),
        ("所需材料/保险合同", "所需材料-保险合同"),
        ("时效/退还 现金 价值", "时效-退还现金价值"),
        ("升级与转办/2", "升级与转办-2"),
    ],
)
def test_the_fragment_of_a_part_is_an_id_without_white_space(address: str, expected: str) -> None:
    assert fragment(address) == expected


def test_the_address_of_a_regulation_is_quoted() -> None:
    assert regulation_href("保险法", "47") == "/regulations/%E4%BF%9D%E9%99%A9%E6%B3%95#a47"
    assert regulation_href("<b>") == "/regulations/%3Cb%3E"


@pytest.mark.parametrize("name", ["day", "condition", "fragment", "regulation_href"])
def test_a_filter_is_known_to_the_templates_by_its_name(name: str) -> None:
    assert name in make_environment().filters


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("a#verify", "/procedures/a?x=1#verify"),
        ("a#verify/必说/1", "/procedures/a?x=1#verify"),
        ("a#时效/核定（个人）", "/procedures/a?x=1#时效-核定（个人）"),
    ],
)
def test_a_link_to_a_part_leads_to_the_element_that_shows_it(target: str, href: str) -> None:
    text = parse_prose(f"见[那里]({target})", 1, FaultCollector("f"))
    shell = SimpleNamespace(carry="?x=1")
    environment = make_environment()
    shown = environment.from_string("{{ text | prose }}").render(text=text, shell=shell)
    assert shown == f'见<a href="{href}">那里</a>'
    on_paper = environment.from_string("{{ text | printed }}").render(text=text, ids={"a"})
    assert on_paper == f'见<a href="#a--{fragment(target.partition("#")[2])}">那里</a>'


def test_a_filter_that_prints_text_is_escaped() -> None:
    template = make_environment().from_string(
        "<p>{{ '<b>' | regulation_href }}{{ text | condition }}</p>"
    )
    hostile = Condition((Clause("<i>", ("<script>",)),))

    assert [item.tag for item in read_html(template.render(text=hostile)).descendants()] == ["p"]
