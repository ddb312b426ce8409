"""The register of regulations: what a citation resolves to.

It holds titles, dates in force and one line in our own words for each cited article; the texts
of the law are not part of the product.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.content.fault import FaultCollector, did_you_mean
from kb.content.prose import Citation
from kb.content.reading import YamlList, YamlMap, parse_yaml

REGISTER_FILE = "regulations.yaml"
_REGULATION_FIELDS = (
    "title",
    "number",
    "issuer",
    "scope",
    "versions",
    "article_count",
    "changed",
    "articles",
)
_VERSION_FIELDS = ("name", "from", "until")
_CHANGE_FIELDS = ("on", "note", "articles")
_MAX_DIGITS = 4
_ARTICLE_FIELDS = ("paragraphs", "note")


class RegulationStatus(StrEnum):
    """Whether a regulation binds; the value is what staff call it."""

    IN_FORCE = "现行"
    COMING = "尚未施行"
    ENDED = "已失效"


@dataclass(frozen=True, slots=True)
class RegulationVersion:
    """A wording of a regulation and the days on which it is in force."""

    name: str
    in_force_from: date
    in_force_until: date | None


@dataclass(frozen=True, slots=True)
class RegulationChange:
    """A mark that the regulation was changed: what cites it has to be looked at again."""

    on: date
    """From when the change binds; no two changes of a regulation have the same."""
    note: str
    """What changed, in our own words."""
    articles: tuple[str, ...]
    """Keys of the articles that it concerns; empty: all of them."""

    def concerns(self, article: str) -> bool:
        """Return whether it changed the article with this key."""
        return not self.articles or article in self.articles


@dataclass(frozen=True, slots=True)
class Article:
    """A cited article."""

    key: str
    """Article number as cited: `47`, or a section number such as `3.1.1.1`."""
    paragraphs: int
    """How many 款 the article has; 0 when the register does not say."""
    note: str
    """What it says, in our own words."""
    line: int


@dataclass(frozen=True, slots=True)
class Regulation:
    """A law or rule with its versions and the articles that the content cites."""

    short: str
    title: str
    number: str
    """Document number; empty when the register has none."""
    issuer: str
    scope: str
    """Business to which it is limited, in our own words; empty when it is general."""
    versions: tuple[RegulationVersion, ...]
    article_count: int
    """Number of articles; 0 for documents counted in sections."""
    changes: tuple[RegulationChange, ...]
    """In the order of the file."""
    articles: Mapping[str, Article]
    line: int

    def version_on(self, day: date) -> RegulationVersion | None:
        """Return the version in force on `day`, or None."""
        in_force = [
            version
            for version in self.versions
            if version.in_force_from <= day
            and (version.in_force_until is None or day <= version.in_force_until)
        ]
        return max(in_force, key=lambda version: version.in_force_from, default=None)

    def status_on(self, day: date) -> RegulationStatus:
        """Return whether it binds on `day`; between two versions it does not."""
        if self.version_on(day):
            return RegulationStatus.IN_FORCE
        is_coming = any(version.in_force_from > day for version in self.versions)
        return RegulationStatus.COMING if is_coming else RegulationStatus.ENDED


Register = Mapping[str, Regulation]
"""Short name → regulation, in the order of the file."""


def read_register(text: str, faults: FaultCollector) -> Register:
    """Return the register written in `text`; faults name the lines of `regulations.yaml`."""
    node = parse_yaml(text, faults)
    return {short: _read_regulation(short, entry, faults) for short, entry in _maps(node, faults)}


def _maps(node: YamlMap, faults: FaultCollector) -> Iterator[tuple[str, YamlMap]]:
    """Yield the entries that are maps; anything else is a fault, not a silence."""
    for key, entry in node.entries.items():
        if isinstance(entry, YamlMap):
            yield key, entry
        else:
            line = node.key_lines[key]
            _wrong(line, f"“{key}”下面应分项写。", "缩进写“键: 值”，或写成 {键: 值}。", faults)


def _read_regulation(short: str, node: YamlMap, faults: FaultCollector) -> Regulation:
    _refuse_unknown(node, _REGULATION_FIELDS, faults)
    for name in ("title", "issuer"):
        if not node.text(name):
            _wrong(node.line, f"“{short}”缺少“{name}”。", f"补写 {name}。", faults)
    versions = tuple(_read_versions(short, node, faults))
    if not versions:
        _wrong(node.line, f"“{short}”没有施行日期。", "在 versions 下写 name 和 from。", faults)
    articles = node.entries.get("articles", YamlMap())
    if not isinstance(articles, YamlMap):
        _wrong(articles.line, "“articles”下面应分项写。", "写成 条号: {note: ……}。", faults)
        articles = YamlMap()
    changes = tuple(_read_changes(short, node, articles.entries, faults))
    return Regulation(
        short=short,
        title=node.text("title"),
        number=node.text("number"),
        issuer=node.text("issuer"),
        scope=node.text("scope"),
        versions=versions,
        article_count=_whole_number(node, "article_count", faults),
        changes=changes,
        articles={
            key: _read_article(short, key, entry, faults) for key, entry in _maps(articles, faults)
        },
        line=node.line,
    )


def _read_versions(
    short: str, node: YamlMap, faults: FaultCollector
) -> Iterator[RegulationVersion]:
    entries = node.entries.get("versions")
    for item in entries.items if isinstance(entries, YamlList) else ():
        if not isinstance(item, YamlMap):
            _wrong(item.line, f"“{short}”的版本写法不对。", "写成 {name: ……, from: 日期}。", faults)
            continue
        _refuse_unknown(item, _VERSION_FIELDS, faults)
        start = _day(item, "from", faults)
        if start is not None:
            until = _day(item, "until", faults) if "until" in item.entries else None
            yield RegulationVersion(item.text("name"), start, until)


def _read_changes(
    short: str, node: YamlMap, known: Collection[str], faults: FaultCollector
) -> Iterator[RegulationChange]:
    """Yield the changes of a regulation whose registered articles are `known`."""
    entries = node.entries.get("changed", YamlList((), node.line))
    days: set[date] = set()
    for item in entries.items if isinstance(entries, YamlList) else (entries,):
        if not (isinstance(item, YamlMap) and isinstance(entries, YamlList)):
            shape = "写成 [{on: 日期, note: ……}]。"
            _wrong(item.line, f"“{short}”的修改写法不对。", shape, faults)
            continue
        change = _read_change(short, item, known, faults)
        if change and change.on in days:
            _wrong(item.line, f"“{short}”在 {change.on} 有两条修改。", "合成一条。", faults)
        elif change:
            days.add(change.on)
            yield change


def _read_change(
    short: str, node: YamlMap, known: Collection[str], faults: FaultCollector
) -> RegulationChange | None:
    _refuse_unknown(node, _CHANGE_FIELDS, faults)
    note, on = node.text("note"), _day(node, "on", faults)
    if not note:
        _wrong(node.line, f"“{short}”的修改没有说明。", "在 note 里写一句改了什么。", faults)
    articles = _read_changed_articles(short, node, known, faults)
    return RegulationChange(on, note, articles) if on else None


def _read_changed_articles(
    short: str, node: YamlMap, known: Collection[str], faults: FaultCollector
) -> tuple[str, ...]:
    """Return the articles that a change names; without the field it concerns all of them."""
    articles = node.texts("articles")
    line = node.key_lines.get("articles", node.line)
    if "articles" in node.entries and not articles:
        _wrong(line, "“articles”没有写明条号。", '写成 ["36", "37"]；整部都改的不写。', faults)
    for article in articles:
        if article not in known:
            hint = did_you_mean(article, known) or "改正条号，或先在 articles 里登记。"
            _wrong(line, f"“{short}”没有登记第 {article} 条。", hint, faults)
    return articles


def _read_article(short: str, key: str, node: YamlMap, faults: FaultCollector) -> Article:
    _refuse_unknown(node, _ARTICLE_FIELDS, faults)
    if not node.text("note"):
        _wrong(node.line, f"“{short}§{key}”没有说明。", "在 note 里用自己的话写一句。", faults)
    return Article(key, _whole_number(node, "paragraphs", faults), node.text("note"), node.line)


def _whole_number(node: YamlMap, name: str, faults: FaultCollector) -> int:
    text = node.text(name) or "0"
    if text.isdecimal() and len(text) <= _MAX_DIGITS:
        return int(text)
    _wrong(node.key_lines[name], f"“{name}”应是数字，这里是“{text}”。", "写成整数。", faults)
    return 0


def _day(node: YamlMap, name: str, faults: FaultCollector) -> date | None:
    try:
        return date.fromisoformat(node.text(name))
    except ValueError:
        line = node.key_lines.get(name, node.line)
        _wrong(line, f"日期“{node.text(name)}”无效。", f"{name} 写成 2026-01-01。", faults)
        return None


def _refuse_unknown(node: YamlMap, known: tuple[str, ...], faults: FaultCollector) -> None:
    for key, line in node.key_lines.items():
        if key not in known:
            _wrong(line, f"法规登记没有“{key}”这个字段。", did_you_mean(key, known), faults)


def _wrong(line: int, message: str, fix: str, faults: FaultCollector) -> None:
    faults.error(line, "register-value", message, fix)


def resolve(register: Register, citation: Citation) -> Article | None:
    """Return the registered article that `citation` names, or None."""
    regulation = register.get(citation.law)
    return regulation.articles.get(citation.article) if regulation else None
