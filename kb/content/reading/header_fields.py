"""Reads the fields of a file's header, whatever the file holds."""

from __future__ import annotations

import re

from kb.content.fault import FaultCollector, did_you_mean
from kb.content.reading.strict_yaml import YamlList, YamlMap, YamlNode, YamlText

ID_PATTERN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class HeaderFields:
    """Reads one field after the other; each says what is wrong with it."""

    def __init__(self, node: YamlMap, faults: FaultCollector) -> None:
        """Read the fields of `node`; what is wrong goes to `faults`."""
        self.node = node
        self.faults = faults

    def refuse_unknown(self, node: YamlMap, known: tuple[str, ...]) -> None:
        """Record every key of `node` that is not `known`."""
        for key, line in node.key_lines.items():
            if key not in known:
                self.faults.error(
                    line,
                    "header-unknown",
                    f"文件头没有“{key}”这个字段。",
                    f"删去或改名。{did_you_mean(key, known)}",
                )

    def wrong(self, line: int, message: str, fix: str) -> None:
        """Record a value that its field cannot have."""
        self.faults.error(line, "header-value", message, fix)

    def missing(self, name: str) -> None:
        """Record that a field is not written."""
        self.faults.error(
            self.node.line, "header-missing", f"文件头缺少“{name}”。", f"补写一行“{name}: ……”。"
        )

    def text(self, name: str, required: bool = True, max_chars: int | None = None) -> str:
        """Return a field of one line; empty when it is missing or something else."""
        node = self.node.entries.get(name)
        if node is None or (isinstance(node, YamlText) and not node.text.strip()):
            if required:
                self.missing(name)
            return ""
        if not isinstance(node, YamlText):
            self.wrong(node.line, f"“{name}”应是一行文字。", "去掉方括号或缩进，写成一行。")
            return ""
        text = node.text.strip()
        if max_chars is not None and len(text) > max_chars:
            self.faults.error(
                node.line,
                f"{name}-too-long",
                f"“{name}”有 {len(text)} 字，最多 {max_chars} 字。",
                f"删去 {len(text) - max_chars} 字。",
            )
        return text

    def identifier(self) -> str:
        """Return the id as written; malformed it is a fault."""
        text = self.text("id")
        if text and not ID_PATTERN.fullmatch(text):
            self.wrong(
                self.node.key_lines["id"],
                f"编号“{text}”写法不对。",
                "用小写英文、数字和连字符，如 surrender-materials。",
            )
        return text

    def texts(self, node: YamlMap, name: str) -> tuple[str, ...]:
        """Return a list of texts; empty when it is missing or something else."""
        value = node.entries.get(name)
        if value is None:
            return ()
        if not isinstance(value, YamlList):
            self.wrong(value.line, f"“{name}”应是列表。", "写成 [甲, 乙]，或每行一个“- 甲”。")
            return ()
        return tuple(text for item in value.items if (text := self.item(name, item)))

    def item(self, name: str, node: YamlNode) -> str:
        """Return one text of a list; empty when it is something else."""
        if isinstance(node, YamlText) and node.text.strip():
            return node.text.strip()
        self.wrong(node.line, f"“{name}”里有一项不是文字。", "每项写一句话；含冒号时加引号。")
        return ""
