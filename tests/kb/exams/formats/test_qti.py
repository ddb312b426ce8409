"""QTI packages: their parts, and those of other systems."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from defusedxml.ElementTree import fromstring

from kb.content.exam_item import OPEN_TYPES, Blanks, Choices
from kb.errors import DocumentRefused
from kb.exams.formats.qti import QtiFormat
from tests.kb.exams.items import ONE_OF_EACH, make_item

CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
ITEM_PARTS = (
    "responseDeclaration",
    "outcomeDeclaration",
    "templateDeclaration",
    "templateProcessing",
    "stylesheet",
    "itemBody",
    "responseProcessing",
    "modalFeedback",
)
FOREIGN_ITEM = f"""<assessmentItem xmlns="{QTI[1:-1]}" identifier="x" title="x" adaptive="false"
    timeDependent="false">
  <responseDeclaration identifier="R" cardinality="single" baseType="identifier">
    <correctResponse><value>b</value></correctResponse></responseDeclaration>
  <itemBody>
    <p>犹豫期
       有几天？</p>
    <choiceInteraction responseIdentifier="R" shuffle="true" maxChoices="1">
      <prompt>选一项</prompt>
      <simpleChoice identifier="a">10天</simpleChoice>
      <simpleChoice identifier="b"><p>15天</p></simpleChoice>
    </choiceInteraction>
  </itemBody></assessmentItem>"""
FOREIGN_SLIDER = FOREIGN_ITEM.replace("choiceInteraction", "sliderInteraction")
FOREIGN_MANIFEST = f"""<manifest xmlns="{CP[1:-1]}" identifier="m"><organizations/><resources>
  <resource identifier="s" type="imsqti_item_xmlv2p1" href="s.xml"/>
  <resource identifier="x" type="imsqti_item_xmlv2p1" href="x%20y.xml"/>
  <resource identifier="w" type="webcontent" href="logo.png"/></resources></manifest>"""


def package(parts: Mapping[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def nested(depth: int) -> str:
    """Return an item whose elements lie in one another."""
    return FOREIGN_ITEM.replace("<p>犹豫期", "<div>" * depth + "<p>犹豫期").replace(
        "有几天？</p>", "有几天？</p>" + "</div>" * depth
    )


def parts() -> dict[str, Element]:
    with ZipFile(BytesIO(QtiFormat().write("考核", ONE_OF_EACH))) as archive:
        return {name: fromstring(archive.read(name)) for name in archive.namelist()}


def test_manifest_and_test_name_every_item_in_order() -> None:
    found = parts()
    items = [name for name in found if name.startswith("items/")]
    resources = found["imsmanifest.xml"].findall(f"{CP}resources/{CP}resource")
    assert [resource.get("href") for resource in resources] == ["test.xml", *items]
    assert len({resource.get("identifier") for resource in resources}) == len(resources)
    references = found["test.xml"].iter(f"{QTI}assessmentItemRef")
    assert [reference.get("href") for reference in references] == items
    assert len(items) == len(ONE_OF_EACH)
    dependencies = found["imsmanifest.xml"].iter(f"{CP}dependency")
    assert [e.get("identifierref") for e in dependencies] == [
        resource.get("identifier") for resource in resources[1:]
    ]


def test_the_parts_of_an_item_stand_in_the_order_of_the_specification() -> None:
    for name, root in parts().items():
        if root.tag == f"{QTI}assessmentItem":
            tags = [child.tag.removeprefix(QTI) for child in root]
            assert tags == sorted(tags, key=ITEM_PARTS.index), name
            assert {"itemBody", "outcomeDeclaration", "responseDeclaration"} < set(tags)


def test_closed_items_score_themselves_and_open_ones_wait_for_a_scorer() -> None:
    for number, item in enumerate(ONE_OF_EACH, 1):
        root = parts()[f"items/item-{number:05}.xml"]
        processing = root.find(f"{QTI}responseProcessing")
        assert processing is not None
        outcomes = {e.get("identifier") for e in processing.iter(f"{QTI}setOutcomeValue")}
        expected = {"FEEDBACK"} if item.type in OPEN_TYPES else {"SCORE", "FEEDBACK"}
        assert outcomes == expected, item.type
        declared = {e.get("identifier") for e in root.iter(f"{QTI}outcomeDeclaration")}
        assert outcomes < declared


def test_every_interaction_has_its_declared_response() -> None:
    for name, root in parts().items():
        declared = {e.get("identifier") for e in root.iter(f"{QTI}responseDeclaration")}
        used = {e.get("responseIdentifier") for e in root.iter()} - {None}
        assert declared == used, name


def test_a_star_answer_has_four_fields() -> None:
    prompts = [e.text for e in parts()["items/item-00008.xml"].iter(f"{QTI}prompt")]
    assert prompts == ["情境", "任务", "行动", "结果"]


def test_only_scorers_see_the_scoring_points() -> None:
    body = parts()["items/item-00005.xml"].find(f"{QTI}itemBody")
    assert body is not None
    blocks = {e.get("view"): "".join(e.itertext()) for e in body.iter(f"{QTI}rubricBlock")}
    assert "先核对代理关系" in blocks["scorer"]
    assert "先核对代理关系" not in "".join(
        "".join(e.itertext()) for e in body if e.tag != f"{QTI}rubricBlock"
    )


def test_a_package_of_another_system_is_read() -> None:
    data = package(
        {"imsmanifest.xml": FOREIGN_MANIFEST, "s.xml": FOREIGN_SLIDER, "x y.xml": FOREIGN_ITEM}
    )
    read = QtiFormat().read(data)
    (item,) = read.items
    assert (item.type, item.stem) == ("单选", "犹豫期 有几天？\n\n选一项")
    assert [option.text for option in item.options] == ["10天", "15天"]
    assert item.solution == Choices(("B",))
    assert [(problem.line, "slider" in problem.message) for problem in read.problems] == [(1, True)]


def test_the_same_items_give_the_same_bytes() -> None:
    assert QtiFormat().write("题", ONE_OF_EACH) == QtiFormat().write("题", ONE_OF_EACH)


def test_several_accepted_texts_are_all_mapped() -> None:
    item = make_item("填空", solution=Blanks((("30日", "30天"), ("15日",))))
    read = QtiFormat().read(QtiFormat().write("题", [item]))
    assert read.items[0].solution == item.solution


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK", "损坏"),
        (package({"a.xml": "<a/>"}), "imsmanifest"),
        (package({"imsmanifest.xml": FOREIGN_MANIFEST, "s.xml": FOREIGN_ITEM}), "不在包里"),
        (package({"imsmanifest.xml": b" " * 10_000_000}), "大得异常"),
        (package({"imsmanifest.xml": FOREIGN_MANIFEST, "s.xml": nested(5000)}), "损坏"),
        (package({"imsmanifest.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "攻击"),
    ],
)
def test_other_files_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(DocumentRefused, match=message):
        QtiFormat().read(data)
