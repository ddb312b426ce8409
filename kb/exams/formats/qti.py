"""QTI 2.1 packages: http://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html.

A zip with a manifest, a test and a file an item. 采分点 stand in a `rubricBlock` for the scorer,
what QTI has no field for in one for the author, the explanation in modal feedback.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kb.content.exam_item import ExamItem
from kb.exams.formats.exam_format import ReadItems
from kb.exams.formats.qti_item import NAMESPACE, qti_item
from kb.exams.formats.qti_reading import MANIFEST, PACKAGING, read_qti

_ITEM_KIND = "imsqti_item_xmlv2p1"
_TEST_KIND = "imsqti_test_xmlv2p1"
_TEST = "test.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the same items give the same bytes."""


class QtiFormat:
    """Writes and reads QTI 2.1 packages."""

    suffix: ClassVar[str] = ".qti.zip"
    media_type: ClassVar[str] = "application/zip"

    def write(self, title: str, items: Sequence[ExamItem]) -> bytes:
        """Return a package with a test of this title, whose one section has the items."""
        paths = [f"items/item-{number:05}.xml" for number in range(1, len(items) + 1)]
        parts = {MANIFEST: _manifest(paths), _TEST: _test(title, items, paths)}
        parts |= {path: qti_item(item) for path, item in zip(paths, items, strict=True)}
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for path, root in parts.items():
                entry = ZipInfo(path, _EPOCH)
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, tostring(root, "utf-8", xml_declaration=True))
        return file.getvalue()

    def read(self, data: bytes) -> ReadItems:
        """Return the items of a package; interactions that have no type become problems."""
        return read_qti(data)


def _manifest(paths: Sequence[str]) -> Element:
    manifest = Element("manifest", {"xmlns": PACKAGING, "identifier": "MANIFEST"})
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "IMS Content"
    SubElement(metadata, "schemaversion").text = "1.1"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    test = _add_resource(resources, "TEST", _TEST_KIND, _TEST)
    for number, path in enumerate(paths, 1):
        identifier = f"ITEM-{number}"
        SubElement(test, "dependency", identifierref=identifier)
        _add_resource(resources, identifier, _ITEM_KIND, path)
    return manifest


def _add_resource(resources: Element, identifier: str, kind: str, path: str) -> Element:
    resource = SubElement(resources, "resource", identifier=identifier, type=kind, href=path)
    SubElement(resource, "file", href=path)
    return resource


def _test(title: str, items: Sequence[ExamItem], paths: Sequence[str]) -> Element:
    attributes = {"xmlns": NAMESPACE, "identifier": "TEST", "title": title}
    test = Element("assessmentTest", attributes)
    total = SubElement(
        test, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"
    )
    value = SubElement(SubElement(total, "defaultValue"), "value")
    value.text = "0"
    part = SubElement(
        test,
        "testPart",
        identifier="PART",
        navigationMode="nonlinear",
        submissionMode="simultaneous",
    )
    section = SubElement(
        part, "assessmentSection", identifier="SECTION", title=title, visible="true"
    )
    for number, path in enumerate(paths[: len(items)], 1):
        SubElement(section, "assessmentItemRef", identifier=f"ITEM-{number}", href=path)
    processing = SubElement(test, "outcomeProcessing")
    score = SubElement(processing, "setOutcomeValue", identifier="SCORE")
    SubElement(SubElement(score, "sum"), "testVariables", variableIdentifier="SCORE")
    return test
