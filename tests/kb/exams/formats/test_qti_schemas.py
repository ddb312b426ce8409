"""QTI packages beside the published schemas of IMS.

The schema of the manifest may not be passed on without a registration, so none is kept here. Name
a folder that holds them (the composer package `qtism/qtism` has it as
`src/qtism/data/storage/xml/schemes`) in `QTI_SCHEMAS`; without it these tests are skipped, and
`test_qti.py` holds the structure alone.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kb.content.exam_item import ExamItem
from kb.exams.formats.qti import QtiFormat
from kb.exams.formats.qti_reading import MANIFEST
from tests.kb.exams.items import ONE_OF_EACH, exam_items

FOLDER = os.environ.get("QTI_SCHEMAS", "")
pytestmark = pytest.mark.skipif(
    not FOLDER, reason="QTI_SCHEMAS names no folder: QTI has not been validated"
)


@pytest.fixture(scope="module")
def items_schema() -> etree.XMLSchema:
    return read_schema("qtiv2p1/imsqti_v2p1.xsd")


@pytest.fixture(scope="module")
def manifest_schema() -> etree.XMLSchema:
    return read_schema("imscp_v1p1.xsd")


def read_schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(FOLDER) / name, etree.XMLParser(no_network=True)))


def parts(items: list[ExamItem]) -> dict[str, etree._Element]:
    with ZipFile(BytesIO(QtiFormat().write("新人考核", items))) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


@given(items=st.lists(exam_items(), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_every_part_is_valid(
    items: list[ExamItem], items_schema: etree.XMLSchema, manifest_schema: etree.XMLSchema
) -> None:
    for name, root in parts(items).items():
        schema = manifest_schema if name == MANIFEST else items_schema
        schema.assertValid(root)


def test_what_is_invalid_is_found(items_schema: etree.XMLSchema) -> None:
    root = parts(list(ONE_OF_EACH))["items/item-00001.xml"]
    items_schema.assertValid(root)
    del root.attrib["timeDependent"]
    assert not items_schema.validate(root)
