"""Reads XML that strangers made: no definitions, no entities of its own."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kb.errors import DocumentRefused
from kb.exams.formats.archive import BROKEN, ENTITIES


def read_xml(data: bytes) -> Element:
    """Return the root element. Raises DocumentRefused for what is no XML or defines entities."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise DocumentRefused(ENTITIES) from None
    except (ParseError, ValueError, LookupError):
        raise DocumentRefused(BROKEN) from None
    return root


def child_text(element: Element, path: str, default: str = "") -> str:
    """Return the stripped text of the first child at `path`, or the default."""
    return (element.findtext(path) or default).strip()
