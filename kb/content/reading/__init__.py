"""Turns the bytes of content files into typed values, and every fault of a file into a Fault."""

from kb.content.reading.exam_file import ParsedExamFile, parse_exam_file
from kb.content.reading.file_text import MAX_FILE_BYTES, decode_content
from kb.content.reading.header import HEADER_FIELDS, MAX_SUMMARY_CHARS, MIN_SAYS
from kb.content.reading.header_fields import ID_PATTERN
from kb.content.reading.parser import (
    ParsedFile,
    expected_file_names,
    parse_procedure_file,
)
from kb.content.reading.strict_yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml

__all__ = [
    "HEADER_FIELDS",
    "ID_PATTERN",
    "MAX_FILE_BYTES",
    "MAX_SUMMARY_CHARS",
    "MIN_SAYS",
    "ParsedExamFile",
    "ParsedFile",
    "YamlList",
    "YamlMap",
    "YamlNode",
    "YamlText",
    "decode_content",
    "expected_file_names",
    "parse_exam_file",
    "parse_procedure_file",
    "parse_yaml",
]
