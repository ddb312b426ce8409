"""The words that conditions and scopes may use: categories, products, channels, regions, callers.

Products and regions form trees: 全国 covers 广东, which covers 深圳.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.content.fault import FaultCollector
from kb.content.reading import YamlList, YamlMap, YamlNode, YamlText, parse_yaml

VOCABULARY_FILE = "vocabulary.yaml"
CALLER, VERIFIED, PRODUCT, CHANNEL, REGION = CALL_KEYS = (
    "来电人",
    "核身",
    "产品",
    "渠道",
    "地区",
)
NATIONWIDE = "全国"
SCOPE_KEYS = {"products": PRODUCT, "channels": CHANNEL, "regions": REGION}
"""Field of `applies` → key of the call that it limits."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Allowed values by key."""

    categories: tuple[str, ...] = ()
    parents: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    """Key of the call → value → its parent value, or None at the top; in the file's order."""

    def values(self, key: str) -> tuple[str, ...]:
        """Return the values of a call key, parents before children; empty for unknown keys."""
        return tuple(self.parents.get(key, ()))

    def covers(self, key: str, wider: str, value: str) -> bool:
        """Return whether `wider` is `value` or one of its parents."""
        current: str | None = value
        while current is not None:
            if current == wider:
                return True
            current = self.parents.get(key, {}).get(current)
        return False


def read_vocabulary(text: str, faults: FaultCollector) -> Vocabulary:
    """Return the vocabulary written in `text`; a missing key is a fault."""
    node = parse_yaml(text, faults)
    call = node.entries.get("call")
    parents: dict[str, dict[str, str | None]] = {}
    for key in CALL_KEYS:
        value = call.entries.get(key) if isinstance(call, YamlMap) else None
        if value is None:
            faults.error(node.line, "vocabulary-value", f"词表缺少“{key}”。", "在 call 下补写。")
            continue
        parents[key] = {}
        for word, parent, line in _tree(value, None):
            if word in parents[key]:
                message = f"“{key}”里“{word}”重复。"
                faults.error(line, "vocabulary-value", message, "删去其中一处。")
            parents[key].setdefault(word, parent)
    if not node.texts("categories"):
        faults.error(node.line, "vocabulary-value", "词表没有分类。", "补写 categories: [……]。")
    return Vocabulary(node.texts("categories"), parents)


def _tree(node: YamlNode, parent: str | None) -> Iterator[tuple[str, str | None, int]]:
    """Yield (value, parent, line) over nested maps whose leaves are lists."""
    if isinstance(node, YamlText):
        yield node.text, parent, node.line
    elif isinstance(node, YamlList):
        for item in node.items:
            yield from _tree(item, parent)
    else:
        for value, children in node.entries.items():
            yield value, parent, node.key_lines[value]
            yield from _tree(children, value)
