"""Content in which one text stands in every field that takes it.

Each text has a procedure, a regulation, a phrase, an outside subject and words of the lexicon of
its own. Where a field does not take it (`kb check` would refuse it) stands a harmless word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.content import is_procedure_path, parse_procedure_file, read_reference_data
from tests.content_samples import REFERENCE_FILES

PROCEDURE_FIELDS = (
    *("title", "category", "summary", "says", "keyword", "ask", "answer", "owner"),
    *("step", "label", "必问", "必核", "必说", "复述", "必记", "禁说", "话术"),
    *("material", "requirement", "必须", "禁止", "提示", "deadline", "start"),
    *("question", "reply", "转二线", "转主管", "转专岗", "登记待答"),
)
DATA_FIELDS = (
    *("caller", "product", "channel", "region"),
    *("short", "fullname", "number", "issuer", "scope", "version", "note"),
    *("phrase", "synonym", "term", "subject", "handled_by", "outside", "heard"),
)
# A word that stands for a text where it is not taken; a row must not be empty.
_HARMLESS = {"category": "保全", "short": "甲法"}

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HostileText:
    """A text and where it stands."""

    number: int
    text: str
    taken: frozenset[str]
    """The fields that take it."""

    def in_field(self, field: str) -> str:
        """Return what stands in a field."""
        harmless = f"{_HARMLESS.get(field, '平常')}{self.number if field != 'category' else ''}"
        return self.text if field in self.taken else harmless

    @property
    def procedure_id(self) -> str:
        """Return the id of its procedure."""
        return f"hostile-{self.number}"


def place(texts: Sequence[str]) -> list[HostileText]:
    """Return the texts with the fields that take each."""
    return [HostileText(number, text, _fields_for(text)) for number, text in enumerate(texts)]


def _fields_for(text: str) -> frozenset[str]:
    everything = frozenset((*PROCEDURE_FIELDS, *DATA_FIELDS))
    if _is_taken(text, everything):
        return everything
    return frozenset(field for field in everything if _is_taken(text, frozenset({field})))


def _is_taken(text: str, fields: frozenset[str]) -> bool:
    files = hostile_files([HostileText(0, text, fields)])
    ((path, data),) = [item for item in files.items() if is_procedure_path(item[0])]
    if parse_procedure_file(path, data).procedure is None:
        return False
    # Most fields stand in procedures alone; reading everything takes ten times as long.
    faults = read_reference_data(files).faults if fields & set(DATA_FIELDS) else ()
    return all(fault.severity != "error" for fault in faults)


def hostile_files(texts: Sequence[HostileText]) -> dict[str, bytes]:
    """Return the content folder of `texts`."""
    files = dict(REFERENCE_FILES)
    for text in texts:
        path = f"procedures/{text.in_field('category')}/{text.procedure_id}.md"
        files[path] = _procedure(text.in_field, text.procedure_id)
        files[f"heard/{text.procedure_id}.txt"] = f"{text.in_field('heard')}\n"
    files["vocabulary.yaml"] = _vocabulary(texts)
    files["regulations.yaml"] = "".join(_regulation(text.in_field) for text in texts)
    files["desk.yaml"] = _desk(texts)
    files["lexicon/terms.txt"] = "".join(f"{text.in_field('term')}\n" for text in texts)
    files["lexicon/synonyms.yaml"] = "".join(
        f"{_quoted(text.in_field('synonym'))}: [电话]\n" for text in texts
    )
    files["lexicon/outside.yaml"] = "".join(_subject(text.in_field) for text in texts)
    return {path: text.encode() for path, text in files.items()}


_In = Callable[[str], str]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _procedure(of: _In, procedure_id: str) -> str:
    condition = f"{of('ask')}={of('answer')}"
    law = f"〔{of('short')}§6〕"
    blocks = "\n".join(
        f"   - {kind}: {of(kind)}{law}" for kind in ("必问", "必核", "必说", "复述", "必记", "禁说")
    )
    notes = "\n".join(
        f"- {kind}: {of(kind)}{law} {{#note-{number}}}"
        for number, kind in enumerate(("必须", "禁止", "提示"))
    )
    routes = "\n".join(
        f"- {kind}: {of(kind)}" for kind in ("转二线", "转主管", "转专岗", "登记待答")
    )
    call = " ".join(
        f"{key}={of(field)}"
        for key, field in (("来电人", "caller"), ("渠道", "channel"), ("产品", "product"))
    )
    return f"""\
---
id: {procedure_id}
title: {_quoted(of("title"))}
category: {_quoted(of("category"))}
summary: {_quoted(of("summary"))}
says: [{_quoted(of("says"))}, 甲说法, 乙说法, 丙说法, 丁说法, 戊说法]
keywords: [{_quoted(of("keyword"))}]
asks:
  {_quoted(of("ask"))}: [{_quoted(of("answer"))}, 别的]
owner: {_quoted(of("owner"))}
effective_from: 2026-01-01
review_by: 2026-12-31
---
## 办理步骤
1. {of("step")}，见[{of("label")}]({procedure_id}#asked)。{law} {{#act {condition}}}
{blocks}
2. 看地区的一步。 {{#local {call} 地区={of("region")}}}
3. 每通电话都说的一步。 {{#say}}
   - 话术: {of("话术")}
## 所需材料
| 材料 | 何时需要 | 要求 |
|---|---|---|
| {_cell(of("material"))} | {_cell(condition)} | {_cell(of("requirement"))}{law} |
## 合规提示
{notes}
## 时效
| 事项 | 期限 | 起算 | 依据 |
|---|---|---|---|
| {_cell(of("deadline"))} | 30自然日 | {_cell(of("start"))} | {law} |
## 常见追问
### {of("question")} {{#asked {condition}}}
{of("reply")}〔公司规定〕
## 升级与转办
{routes}
"""


def _vocabulary(texts: Sequence[HostileText]) -> str:
    def all_in(field: str) -> list[str]:
        return [_quoted(value) for value in dict.fromkeys(text.in_field(field) for text in texts)]

    return f"""\
categories: [{", ".join(all_in("category"))}]
call:
  来电人: [{", ".join(all_in("caller"))}]
  核身: [未核, 已核]
  产品: {{{", ".join(f"{value}: []" for value in all_in("product"))}}}
  渠道: [{", ".join(all_in("channel"))}]
  地区: {{全国: {{{", ".join(f"{value}: []" for value in all_in("region"))}}}}}
"""


def _regulation(of: _In) -> str:
    return f"""\
{_quoted(of("short"))}:
  title: {_quoted(of("fullname"))}
  number: {_quoted(of("number"))}
  issuer: {_quoted(of("issuer"))}
  scope: {_quoted(of("scope"))}
  versions: [{{name: {_quoted(of("version"))}, from: 2020-01-01}}]
  articles:
    "6": {{note: {_quoted(of("note"))}}}
"""


def _desk(texts: Sequence[HostileText]) -> str:
    lines = [f"  {_quoted(text.in_field('phrase'))}: {text.procedure_id}#say" for text in texts]
    return "\n".join(["phrases:", *lines, "reply: {hours: 8, from: 09:00, to: 18:00}", ""])


def _subject(of: _In) -> str:
    return f"""\
{_quoted(of("subject"))}:
  handled_by: {_quoted(of("handled_by"))}
  says: [{_quoted(of("outside"))}]
"""
