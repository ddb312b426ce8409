"""What of a procedure is searched, and under which places it is quoted."""

from __future__ import annotations

from datetime import date

from kb.content import Procedure
from kb.search.fields import FIELDS, corpus_document, search_document
from kb.search.terms import SPACES, Space
from tests.content_samples import SAMPLE, changed, procedure_in
from tests.kb.search.sketches import rows_of

SAMPLED = procedure_in(SAMPLE)


def places(procedure: Procedure) -> list[tuple[str, str, str]]:
    rows = rows_of(search_document(procedure).passages)
    return [(row.address, row.label, row.text) for row in rows]


def test_every_field_of_the_document_is_declared_and_every_declared_one_is_filled() -> None:
    assert list(search_document(SAMPLED).texts) == [field.name for field in FIELDS]


def test_every_field_is_searched_by_words() -> None:
    for field in FIELDS:
        assert set(field.weights) <= set(SPACES)
        assert field.weights[Space.WORDS] > 0
        assert min(field.weights.values()) > 0


def test_the_title_counts_most_and_what_customers_say_next() -> None:
    weights = [field.weights[Space.WORDS] for field in FIELDS]
    assert [field.name for field in FIELDS[:2]] == ["title", "says"]
    assert weights == sorted(weights, reverse=True)


def test_the_header_fills_its_fields() -> None:
    document = search_document(SAMPLED)
    assert document.id == "contact-change"
    assert document.texts["title"] == ("变更联系电话",)
    assert document.texts["says"] == SAMPLED.says
    assert document.texts["keywords"] == ("改号码", "联系方式")
    assert document.texts["summary"] == (SAMPLED.summary,)
    assert (document.effective_from, document.last_day) == (date(2026, 1, 1), None)
    assert document.regions == ()


def test_the_last_day_and_the_regions_are_those_of_the_header() -> None:
    text = changed("owner: 保全运营\n", "owner: 保全运营\neffective_until: 2026-09-30\n")
    text = changed("  channels: [电话]\n", "  regions: [广东, 北京]\n", text)
    document = search_document(procedure_in(text))
    assert document.last_day == date(2026, 9, 30)
    assert document.regions == ("广东", "北京")


def test_every_part_is_searched_in_the_body_or_the_questions() -> None:
    texts = search_document(SAMPLED).texts
    assert texts["questions"] == ("多久生效", "代办人能留自己的号吗")
    body = "\n".join(texts["body"])
    for fragment in (
        "核对来电人身份",
        "尾号是这几位吗",
        "授权委托书",
        "只核对，不代报",
        "清理停用号码",
        "登记后当天生效",
        "没收到短信的",
        "系统登记不上",
    ):
        assert fragment in body


def test_marks_of_citations_conditions_and_links_are_not_searched() -> None:
    document = search_document(SAMPLED)
    texts = "\n".join(text for listed in document.texts.values() for text in listed)
    for text in (texts, document.passages.text):
        assert not any(mark in text for mark in ("〔", "{", "](", "办理人="))


def test_passages_stand_in_reading_order_with_address_and_label() -> None:
    rows = places(SAMPLED)
    labels = [label for _, label, _ in rows]
    assert labels[:10] == ["标题", *["客户说法"] * 6, *["关键词"] * 2, "摘要"]
    assert {address for address, *_ in rows[:10]} == {""}
    assert [(address, label) for address, label, _ in rows[10:15]] == [
        ("verify", "步骤1"),
        ("verify/必核/1", "步骤1·必核"),
        ("verify/必说/1", "步骤1·必说"),
        ("verify/禁说/1", "步骤1·禁说"),
        ("read-out", "步骤2"),
    ]
    assert ("所需材料/授权委托书", "材料", "授权委托书：写明事项") in rows
    assert ("no-read-out", "合规·必须", "只核对，不代报") in rows
    assert ("own-number", "追问", "代办人能留自己的号吗 不能。") in rows
    assert rows[-1] == ("升级与转办/2", "转主管", "客户坚持留别人的号。")


def test_every_part_has_one_passage_at_its_address() -> None:
    addresses = [address for address, *_ in places(SAMPLED) if address]
    assert addresses == [part.address for part in SAMPLED.parts()]


def test_a_row_of_a_corpus_is_always_in_force_and_quoted_by_title_and_text() -> None:
    document = corpus_document("row", "标题行", "正文行")
    assert (document.effective_from, document.last_day) == (date.min, None)
    assert document.texts == {"title": ("标题行",), "body": ("正文行",)}
    assert document.passages.text == "标题行\n正文行"
