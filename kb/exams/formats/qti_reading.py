"""Reads QTI 2.1 packages, written here or elsewhere."""

from __future__ import annotations

import posixpath
import re
import zlib
from dataclasses import replace
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from kb.content.exam_item import BLANK, ExamItem
from kb.errors import DocumentRefused
from kb.exams.formats.archive import BROKEN, open_archive
from kb.exams.formats.building import (
    MAX_OPTIONS,
    blanks_item,
    choice_item,
    open_item,
    verdict_item,
)
from kb.exams.formats.exam_format import Problem, ReadItems
from kb.exams.formats.notes import Notes, read_notes, read_points
from kb.exams.formats.qti_item import AUTHOR, FALSE, POINTS, SCORER, TRUE
from kb.exams.formats.xml_reading import child_text, read_xml

MANIFEST = "imsmanifest.xml"
PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
_ITEM_KIND = re.compile(r"imsqti_(item|apipitem)_xmlv2p[012]")
_TEST_KIND = re.compile(r"imsqti_(test|assessment|apiptest)_xmlv2p[012]")
_PARAGRAPHS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "pre", "blockquote", "tr"})
_INDENT = re.compile(r"\s*\n\s*")
_UNSPOKEN = frozenset({"rubricBlock", "choiceInteraction", "extendedTextInteraction"})


class _Unreadable(Exception):
    """An item whose interaction has no type here; its text says why."""


def read_qti(data: bytes) -> ReadItems:
    """Return the items of a package. Raises DocumentRefused for what is none."""
    archive = open_archive(data)
    if MANIFEST not in archive.namelist():
        raise DocumentRefused(f"这个压缩包里没有 {MANIFEST}，不是 QTI 包。")
    tests, paths = _resources(_part(archive, MANIFEST))
    title = ""
    if tests:
        test = _part(archive, tests[0])
        title = test.get("title", "")
        paths = _in_order_of(test, tests[0], paths)
    items, problems = [], []
    for number, path in enumerate(paths, 1):
        try:
            items.append(_read_item(_part(archive, path), number))
        except _Unreadable as unreadable:
            problems.append(Problem(number, str(unreadable)))
        except RecursionError:
            # Elements within elements, a thousand deep: nobody writes that by hand or by program.
            raise DocumentRefused(BROKEN) from None
    return ReadItems(title, tuple(items), tuple(problems))


def _part(archive: ZipFile, path: str) -> Element:
    """Return the root of a part, its tags without their namespace."""
    try:
        root = read_xml(archive.read(path))
    except KeyError:
        raise DocumentRefused(f"这个 QTI 包不完整：清单里的 {path} 不在包里。") from None
    except (BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise DocumentRefused(BROKEN) from None
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _resources(manifest: Element) -> tuple[list[str], list[str]]:
    """Return the paths of tests and of items, in the order of the manifest."""
    tests, items = [], []
    for resource in manifest.iterfind("resources/resource"):
        kind, path = resource.get("type", ""), unquote(resource.get("href", ""))
        if _TEST_KIND.fullmatch(kind):
            tests.append(path)
        elif _ITEM_KIND.fullmatch(kind):
            items.append(path)
    return tests, items


def _in_order_of(test: Element, test_path: str, paths: list[str]) -> list[str]:
    """Return the items in the order of a test, then those that it does not use."""
    folder = posixpath.dirname(test_path)
    used = [
        posixpath.normpath(posixpath.join(folder, unquote(reference.get("href", ""))))
        for reference in test.iter("assessmentItemRef")
    ]
    return list(dict.fromkeys([*(path for path in used if path in paths), *paths]))


def _read_item(root: Element, number: int) -> ExamItem:
    body = root.find("itemBody")
    if root.tag != "assessmentItem" or body is None:
        raise _Unreadable("没有题目内容，没有读入。")
    notes = _notes(root, body, number)
    explanation = "\n\n".join(filter(None, map(_words, root.iterfind("modalFeedback"))))
    text = _words(body)
    kinds = {e.tag for e in body.iter() if e.tag.endswith("Interaction")}
    if kinds == {"choiceInteraction"} and len(body.findall(".//choiceInteraction")) == 1:
        return _read_choice(root, body, notes, text, explanation, number)
    if kinds == {"textEntryInteraction"}:
        return blanks_item(notes, text, _accepted(root), explanation, number)
    if kinds == {"extendedTextInteraction"}:
        return open_item(notes, text, explanation, number)
    raise _Unreadable(f"“{'、'.join(sorted(kinds)) or '没有作答'}”没有对应的题型，没有读入。")


def _notes(root: Element, body: Element, number: int) -> Notes:
    lines = [
        _words(paragraph)
        for block in body.iter("rubricBlock")
        if block.get("view") in (AUTHOR, SCORER)
        for paragraph in block.iterfind("p")
    ]
    notes, _ = read_notes(lines, number)
    points = child_text(root, f"outcomeDeclaration[@identifier='{POINTS}']/defaultValue/value")
    return replace(notes, points=read_points(points))


def _read_choice(
    root: Element, body: Element, notes: Notes, text: str, explanation: str, number: int
) -> ExamItem:
    interaction = next(body.iter("choiceInteraction"))
    prompt = interaction.find("prompt")
    if prompt is not None:
        text = "\n\n".join(filter(None, (text, _words(prompt))))
    choices = {e.get("identifier", ""): _words(e) for e in interaction.iterfind("simpleChoice")}
    right = [
        (value.text or "").strip()
        for value in root.iterfind("responseDeclaration/correctResponse/value")
    ]
    if not right or not set(right) <= set(choices):
        raise _Unreadable("没有标出正确的选项，没有读入。")
    if set(choices) == {TRUE, FALSE}:
        return verdict_item(notes, text, right == [TRUE], explanation, number)
    if len(choices) > MAX_OPTIONS:
        raise _Unreadable(f"选项多于{MAX_OPTIONS}个，没有读入。")
    if notes.type is None:
        is_single = interaction.get("maxChoices", "1") == "1"
        notes = replace(notes, type="单选" if is_single else "多选")
    places = {place for place, identifier in enumerate(choices) if identifier in right}
    return choice_item(notes, text, list(choices.values()), places, explanation, number)


def _accepted(root: Element) -> list[list[str]]:
    accepted = []
    for declaration in root.iterfind("responseDeclaration"):
        mapped = [
            entry.get("mapKey", "")
            for entry in declaration.iterfind("mapping/mapEntry")
            if not entry.get("mappedValue", "0").startswith(("0", "-"))
        ]
        right = [(e.text or "").strip() for e in declaration.iterfind("correctResponse/value")]
        accepted.append(list(dict.fromkeys([*right, *mapped])))
    if not all(accepted):
        raise _Unreadable("有的空没有答案，没有读入。")
    return accepted


def _words(element: Element) -> str:
    """Return the text of an element: empty lines between paragraphs, blanks where one writes."""
    said: list[str] = []
    _say(element, said)
    return "".join(said).strip()


def _say(element: Element, said: list[str]) -> None:
    said.append(_run(element.text))
    for child in element:
        if child.tag == "br":
            said.append("\n")
        elif child.tag == "textEntryInteraction":
            said.append(BLANK)
        elif child.tag in _PARAGRAPHS:
            if any(text.strip() for text in said):
                said.append("\n\n")
            _say(child, said)
        elif child.tag not in _UNSPOKEN:
            _say(child, said)
        said.append(_run(child.tail))


def _run(text: str | None) -> str:
    """Return a run of text; the lines and indents of its XML say nothing."""
    text = text or ""
    return "" if "\n" in text and not text.strip() else _INDENT.sub(" ", text)
