"""YAML as far as content needs it: mappings, lists and plain text, with line numbers.

Every scalar stays the text that the author wrote; the field that reads it decides what it means,
so `no`, `010` and `1:30` keep their spelling. Aliases, anchors, tags, repeated keys, deep nesting
and large files are faults: they are attack shapes, and no author needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml.reader import ReaderError

from kb.content.fault import FaultCollector

MAX_DEPTH = 8
MAX_BYTES = 256 * 1024
# Besides control characters: what YAML counts as a line break and editors do not.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_BREAKS = str.maketrans("\u0085\u2028\u2029", "   ")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlText:
    """A scalar: its text and 1-based line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class YamlList:
    """A sequence of nodes."""

    items: tuple[YamlNode, ...]
    line: int


@dataclass(frozen=True, slots=True)
class YamlMap:
    """A mapping; `key_lines` keeps the line on which each key stands."""

    entries: dict[str, YamlNode] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)
    line: int = 1

    def text(self, key: str) -> str:
        """Return the scalar under `key`, or an empty string when it is absent or not a scalar."""
        node = self.entries.get(key)
        return node.text if isinstance(node, YamlText) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the scalars of the list under `key`, or an empty tuple."""
        node = self.entries.get(key)
        items = node.items if isinstance(node, YamlList) else ()
        return tuple(item.text for item in items if isinstance(item, YamlText))


YamlNode = YamlText | YamlList | YamlMap


class _Refused(Exception):
    """Stops the walk at the first construct that cannot be read further."""


def parse_yaml(text: str, faults: FaultCollector, first_line: int = 1) -> YamlMap:
    """Return the mapping written in `text`; faults carry lines counted from `first_line`.

    Returns an empty mapping when the text cannot be read; the faults then say why.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        faults.error(first_line, "yaml-size", "YAML 超过 256 KB。", "拆分成几个文件。")
        return YamlMap(line=first_line)
    try:
        # YAML counts these as line breaks, editors do not: lines would drift.
        text = text.translate(_BREAKS)
        node = _Reader(text, faults, first_line).document()
    except yaml.YAMLError as error:
        line = first_line + _error_line(error, text)
        faults.error(
            line,
            "yaml-syntax",
            f"YAML 读不懂：{getattr(error, 'problem', None) or error}。",
            "检查缩进、冒号后的空格和引号是否成对；含冒号或 # 的文字加引号。",
        )
        return YamlMap(line=first_line)
    except _Refused:
        return YamlMap(line=first_line)
    if node is None:
        return YamlMap(line=first_line)
    if isinstance(node, YamlMap):
        return node
    faults.error(first_line, "yaml-syntax", "这里应是“键: 值”的列表。", "每行写一个“键: 值”。")
    return YamlMap(line=first_line)


def _error_line(error: yaml.YAMLError, text: str) -> int:
    """Return the 0-based line at which the author should look."""
    if isinstance(error, ReaderError):
        return text.count("\n", 0, error.position)
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0
    # An unclosed quote is noticed only at the end of the text.
    is_quote = "quoted scalar" in (error.context or "")
    mark = error.context_mark if is_quote else error.problem_mark or error.context_mark
    return mark.line if mark else 0


class _Reader:
    """Turns the event stream into nodes; recursion is bounded by MAX_DEPTH."""

    def __init__(self, text: str, faults: FaultCollector, first_line: int) -> None:
        self.events = iter(yaml.parse(text, Loader=_LOADER))
        self.faults = faults
        self.first_line = first_line

    def document(self) -> YamlNode | None:
        node: YamlNode | None = None
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                if node is not None:
                    self.refuse_second(event)
                node = self.node(event, 1)
        return node

    def refuse_second(self, event: yaml.Event) -> None:
        line = self.first_line + (event.start_mark.line if event.start_mark else 0)
        self.faults.error(
            line, "yaml-syntax", "YAML 里又开始了一份文档。", "删去多余的 --- 或 ...。"
        )
        raise _Refused

    def node(self, event: yaml.Event, depth: int) -> YamlNode:
        line = self.first_line + (event.start_mark.line if event.start_mark else 0)
        self.refuse_traps(event, line, depth)
        if isinstance(event, yaml.ScalarEvent):
            return YamlText(event.value, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return YamlList(tuple(self.items(depth)), line)
        return self.mapping(line, depth)

    def items(self, depth: int) -> Iterator[YamlNode]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.node(event, depth + 1)

    def mapping(self, line: int, depth: int) -> YamlMap:
        result = YamlMap(line=line)
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            self.add(result, key, value)
        return result

    def add(self, result: YamlMap, key: YamlNode, value: YamlNode) -> None:
        if not isinstance(key, YamlText):
            self.faults.error(key.line, "yaml-syntax", "键必须是文字。", "把键写成一个词。")
            return
        if key.text in result.entries:
            first = result.key_lines[key.text]
            self.faults.error(
                key.line,
                "yaml-duplicate-key",
                f"键“{key.text}”重复，第 {first} 行已经写过。",
                "删去其中一处。",
            )
            return
        result.entries[key.text] = value
        result.key_lines[key.text] = key.line

    def refuse_traps(self, event: yaml.Event, line: int, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.faults.error(
                line, "yaml-alias", "不能用 YAML 的锚点（&）和别名（*）。", "把内容直接写出来。"
            )
            raise _Refused
        if tag := getattr(event, "tag", None):
            self.faults.error(
                line, "yaml-tag", f"不能用 YAML 标签 {tag}。", "删去以 ! 开头的标签。"
            )
            raise _Refused
        if match := UNPRINTABLE.search(getattr(event, "value", "")):
            # In a file it is refused as it stands; between quotes it can be written as `\u0001`.
            self.faults.error(
                line,
                "encoding",
                f"有不可见的控制字符 U+{ord(match[0]):04X}。",
                "删去引号里以 \\ 开头的写法。",
            )
        if depth > MAX_DEPTH:
            self.faults.error(
                line, "yaml-depth", f"嵌套超过 {MAX_DEPTH} 层。", "减少方括号或缩进的层数。"
            )
            raise _Refused
