"""What is printed: the category document and the checklist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote, urlsplit

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from starlette.testclient import TestClient

from kb.content import Procedure, parse_procedure_file
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, procedure_in
from tests.web.documents import Element, ids, link, links, read_html
from tests.web.site import SCHEDULED, Site
from web.documents.checklist import CHECKED_KINDS, checklist_workbook, make_checklist
from web.filters import fragment


def document(client: TestClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return read_html(answer.text)


def categories(real: Site) -> list[str]:
    return [name for name, cards in real.view().by_category().items() if cards]


def test_a_category_holds_every_word_of_its_procedures(real: Site, real_client: TestClient) -> None:
    view = real.view()
    for category in categories(real):
        found = document(real_client, f"/documents/{category}")
        articles = {item.attributes["id"]: item for item in found.all("article", "procedure")}
        assert list(articles) == [card.id for card in view.category(category)]
        for card in view.category(category):
            text = "".join(articles[card.id].text().split())
            assert f"{card.effective_from}起施行" in text
            for words in _words(view.procedure(card.id)):
                assert "".join(words.split()) in text, (card.id, words)


def _words(procedure: Procedure) -> Iterator[str]:
    """Yield what must be readable, piece by piece: the basis stands between the pieces."""
    yield procedure.summary
    for part in procedure.parts():
        prose = getattr(part, "text", None) or getattr(part, "requirement", None)
        yield from (span for span in (prose.spans if prose else ()) if isinstance(span, str))
        yield getattr(part, "name", "") or getattr(part, "question", "")
        yield from (str(item) for item in (prose.citations if prose else ()))


def test_links_inside_a_document_lead_to_its_own_places(
    real: Site, real_client: TestClient
) -> None:
    followed = 0
    for category in categories(real):
        found = document(real_client, f"/documents/{category}")
        names = ids(found)
        assert [name for name, count in Counter(names).items() if count > 1] == []
        for target in links(found.one("main")):
            assert target.startswith("#")
            assert unquote(target[1:]) in names
            followed += 1
    assert followed > 60


def test_every_part_of_a_procedure_is_a_place_of_its_document(client: TestClient) -> None:
    names = set(ids(document(client, "/documents/保全")))
    parts = list(procedure_in(SAMPLE).parts())
    assert len(parts) > 10
    assert {f"contact-change--{fragment(part.address)}" for part in parts} <= names


def test_the_list_of_procedures_links_to_the_documents(client: TestClient) -> None:
    target = link(document(client, f"/procedures?on={SCHEDULED}").one("p", "print"), "保全")
    assert urlsplit(target).query == f"on={SCHEDULED}"
    assert document(client, target).one("h1").text() == "保全"


def test_a_document_of_another_day_holds_the_versions_of_that_day(client: TestClient) -> None:
    today = document(client, "/documents/保全").text()
    later = document(client, f"/documents/保全?on={SCHEDULED}").text()
    assert "变更联系电话新规" not in today
    assert "变更联系电话新规" in later
    assert f"{SCHEDULED}（周三） 有效" in later


def test_an_unknown_category_is_said_to_be_none(client: TestClient) -> None:
    answer = client.get("/documents/保权")
    assert answer.status_code == 404
    assert "没有分类“保权”" in answer.text
    assert "保全" in answer.text


def test_an_empty_category_is_an_empty_document(client: TestClient) -> None:
    assert "还没有规程生效" in document(client, "/documents/保全?on=2020-01-01").text()


def test_the_checklist_holds_what_must_be_done_in_the_order_of_the_steps(
    client: TestClient,
) -> None:
    found = document(client, "/procedures/contact-change/checklist")
    rows = [[cell.text() for cell in row.all("td")][:4] for row in found.one("tbody").all("tr")]
    assert rows[:3] == [
        ["1", "必核", "姓名和证件号码", ""],
        ["1", "必说", "变更要由投保人提出。", "来电人＝被保险人或受益人"],
        ["1", "禁说", "“随便报个号就行”", ""],
    ]
    assert ["3", "复述", "您本人同意代办，对吗？", "办理人＝代办"] in rows
    assert ["2", "必记", "报出的后几位", "核身后"] in rows
    assert ["2", "禁说", "完整号码", ""] in rows
    assert {row[1] for row in rows} <= set(CHECKED_KINDS)
    assert "话术" not in {row[1] for row in rows}


def test_the_procedure_links_to_its_checklist_of_the_same_day(client: TestClient) -> None:
    page = document(client, f"/procedures/contact-change?on={SCHEDULED}")
    found = document(client, link(page, "质检清单"))
    assert found.one("h1").text() == "质检清单：变更联系电话新规"
    assert urlsplit(link(found, "下载 xlsx")).query == f"on={SCHEDULED}"


def test_a_procedure_without_anything_to_check_says_so(client: TestClient) -> None:
    assert client.get("/procedures/address-change/checklist").status_code == 200
    assert client.get("/procedures/nothing/checklist").status_code == 404
    assert client.get("/procedures/nothing/checklist.xlsx").status_code == 404


def workbook(data: bytes) -> Worksheet:
    return load_workbook(BytesIO(data))["质检清单"]


def test_the_workbook_holds_the_same_rows(client: TestClient) -> None:
    answer = client.get("/procedures/contact-change/checklist.xlsx")
    assert "filename*=UTF-8''%E8%B4%A8" in answer.headers["content-disposition"]
    page = document(client, "/procedures/contact-change/checklist")
    shown = [[cell.text() for cell in row.all("td")][:4] for row in page.one("tbody").all("tr")]
    sheet = workbook(answer.content)
    rows = [[str(value or "") for value in row[:4]] for row in sheet.iter_rows(6, values_only=True)]
    assert rows == shown
    assert sheet["A1"].value == "质检清单：变更联系电话"
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"是,否,不适用"'
    assert str(choice.sqref) == f"E6:E{sheet.max_row}"
    assert choice.showErrorMessage


def test_a_text_that_looks_like_a_formula_stays_text() -> None:
    text = changed("- 必核: 姓名和证件号码〔示例法§6〕", "- 必核: =1+1", SAMPLE)
    procedure = parse_procedure_file(SAMPLE_PATH, text.encode()).procedure
    assert procedure is not None
    cell = workbook(checklist_workbook(make_checklist(procedure)))["C6"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("address", ["checklist", "checklist.xlsx"])
def test_a_day_without_a_version_is_said_to_be_one(client: TestClient, address: str) -> None:
    answer = client.get(f"/procedures/contact-change/{address}?on=2020-01-01")
    assert answer.status_code == 404
    assert "没有有效版本" in answer.text
