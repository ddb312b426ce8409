"""The register of regulations, and what a citation resolves to."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import Citation, RegulationChange, resolve
from kb.content.register import read_register
from tests.content_samples import REGISTER, changed, collector, line_of, places, sample_reference

READ = sample_reference().register


def faults_of(text: str) -> list[tuple[str, int]]:
    faults = collector()
    read_register(text, faults)
    return places(faults.faults)


def test_a_regulation_is_read_with_all_its_fields() -> None:
    standard = READ["示例标准"]
    assert (standard.title, standard.number, standard.issuer, standard.scope) == (
        "示例标准全称",
        "示例〔2020〕1号",
        "示例协会",
        "只管电话服务",
    )
    assert standard.article_count == 0
    assert list(READ) == ["示例法", "旧示例法", "示例标准"]
    article = READ["示例法"].articles["16"]
    assert (article.key, article.paragraphs, article.note) == ("16", 2, "代办要有委托书。")
    assert article.line == line_of('"16":', REGISTER)


@pytest.mark.parametrize(
    ("law", "day", "name"),
    [
        ("示例法", date(2009, 12, 31), None),
        ("示例法", date(2010, 1, 1), "首版"),
        ("示例法", date(2019, 12, 31), "首版"),
        ("示例法", date(2020, 1, 1), "修订"),
        ("旧示例法", date(2026, 1, 1), None),
    ],
)
def test_the_version_on_a_day_is_the_one_in_force(law: str, day: date, name: str | None) -> None:
    version = READ[law].version_on(day)
    assert (version.name if version else None) == name


@pytest.mark.parametrize(
    ("law", "day", "status"),
    [
        ("示例法", date(2009, 12, 31), "尚未施行"),
        ("示例法", date(2010, 1, 1), "现行"),
        ("示例法", date(2026, 1, 1), "现行"),
        ("旧示例法", date(2026, 1, 1), "已失效"),
    ],
)
def test_the_status_is_that_of_the_day(law: str, day: date, status: str) -> None:
    assert READ[law].status_on(day) == status


def test_of_two_versions_in_force_the_later_one_counts() -> None:
    text = changed(", until: 2019-12-31", "", REGISTER)
    version = sample_reference(regulations=text).register["示例法"].version_on(date(2026, 1, 1))
    assert version is not None
    assert version.name == "修订"


def test_a_citation_resolves_to_its_article_or_to_nothing() -> None:
    article = resolve(READ, Citation("示例标准", "3.1.2"))
    assert article is not None
    assert article.note == "先报工号。"
    assert resolve(READ, Citation("示例法", "7")) is None
    assert resolve(READ, Citation("没有法", "1")) is None


def with_changes(text: str) -> str:
    """Return the register in which 示例法 has these changes."""
    return changed("  article_count: 20\n", f"  article_count: 20\n  changed: {text}\n", REGISTER)


def test_a_change_concerns_the_articles_that_it_names_or_all_of_them() -> None:
    text = '[{on: 2026-11-01, note: 缩短了期限, articles: ["16"]}, {on: 2027-01-01, note: 重编}]'
    first, second = sample_reference(regulations=with_changes(text)).register["示例法"].changes

    assert first == RegulationChange(date(2026, 11, 1), "缩短了期限", ("16",))
    assert [first.concerns(article) for article in ("6", "16")] == [False, True]
    assert [second.concerns(article) for article in ("6", "16")] == [True, True]
    assert READ["示例法"].changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "明年",
        "[明年]",
        "{on: 2026-11-01, note: x}",
        "[{note: x}]",
        "[{on: 明年, note: x}]",
        "[{on: 2026-11-01}]",
        "[{on: 2026-11-01, note: x, article: [16]}]",
        "[{on: 2026-11-01, note: x, articles: 16}]",
        "[{on: 2026-11-01, note: x, articles: []}]",
        "[{on: 2026-11-01, note: x, articles: [7]}]",
        "[{on: 2026-11-01, note: x}, {on: 2026-11-01, note: y}]",
    ],
)
def test_a_change_that_cannot_be_read_is_one_fault_on_its_line(text: str) -> None:
    register = with_changes(text)
    assert faults_of(register) == [("register-value", line_of("changed:", register))]


@pytest.mark.parametrize(
    ("old", "new", "fragment"),
    [
        ("  title: 示例法全称\n", "", "issuer: 示例机关"),
        ("  title: 示例标准全称", "  title:", "title:\n"),
        ("  scope: 只管电话服务", "  scop: 只管电话服务", "scop:"),
        ("[{name: 首版, from: 2000-01-01, until: 2009-12-31}]", "[]", "title: 旧示例法全称"),
        ("2000-01-01, until: 2009-12-31", "那年", "from: 那年"),
        ("2000-01-01, until: 2009-12-31", "2000-01-01, until: 明天", "until: 明天"),
        ("2000-01-01, until: 2009-12-31", "2000-01-01, til: x", "til: x"),
        ("article_count: 20", "article_count: 二十", "article_count: 二十"),
        ("article_count: 20", "article_count: -1", "article_count: -1"),
        ("{note: 已经废止。}", "{note: ''}", "note: ''"),
        ("{note: 已经废止。}", "{note: x, notes: y}", "notes: y"),
        ("{note: 已经废止。}", "{note: x, paragraphs: 1.5}", "paragraphs: 1.5"),
    ],
)
def test_a_wrong_entry_is_a_fault_on_its_line(old: str, new: str, fragment: str) -> None:
    text = changed(old, new, REGISTER)
    assert ("register-value", line_of(fragment, text)) in faults_of(text)


@pytest.mark.parametrize(
    ("old", "new", "fragment"),
    [
        ("示例标准:\n", "示例标准: 待补\n示例标准二:\n", "待补"),
        ('    "1": {note: 已经废止。}', '    "1": 已经废止。', "已经废止"),
        ('  articles:\n    "1": {note: 已经废止。}', "  articles: [已经废止]", "已经废止"),
        (
            "versions: [{name: 首版, from: 2000-01-01, until: 2009-12-31}]",
            "versions: [首版]",
            "[首版]",
        ),
    ],
)
def test_an_entry_of_the_wrong_shape_is_a_fault_instead_of_vanishing(
    old: str, new: str, fragment: str
) -> None:
    text = changed(old, new, REGISTER)
    assert ("register-value", line_of(fragment, text)) in faults_of(text)


@pytest.mark.parametrize("digits", [12, 5000])
def test_a_huge_article_count_is_no_crash(digits: int) -> None:
    faults_of(changed("article_count: 20", f"article_count: {'9' * digits}", REGISTER))
