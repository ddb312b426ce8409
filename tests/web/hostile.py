"""Content in which every text that an author can write attacks the page that prints it."""

from __future__ import annotations

import json

from tests.content_samples import REFERENCE_FILES

PROCEDURE_ID = "hostile"

# Conditions hold no blanks, equals signs or braces.
_TIGHT = {"ask", "answer", "key", "value", "caller", "product", "channel", "region"}
# A title has few characters, and is printed in attributes as well.
_SHORT = {"title", "related", "regulation", "version"}


def attack(field: str) -> str:
    """Return the hostile text of a field; it starts with the field's name."""
    if field == "category":
        # The folder bears its name.
        return f"{field}\"'><script>x<b>"
    if field in _TIGHT:
        return f"{field}\"'><script>x</script>"
    if field in _SHORT:
        return f"{field}\"'><img src=x onerror=x>"
    return f"{field}\"'><script>x</script><img src=x onerror=x>"


FOLDER = f"procedures/{attack('category')}"
BROKEN_PATH = f"{FOLDER}/<b>broken.md"


def hostile_files() -> dict[str, bytes]:
    """Return the content folder."""
    texts = {
        **REFERENCE_FILES,
        f"{FOLDER}/{PROCEDURE_ID}.md": _procedure(PROCEDURE_ID, attack("title"), "hostile-too"),
        f"{FOLDER}/hostile-too.md": _procedure("hostile-too", attack("related"), PROCEDURE_ID),
        BROKEN_PATH: _procedure("broken", "x", PROCEDURE_ID) + f"## {attack('section')}\n",
        "vocabulary.yaml": _vocabulary(),
        "regulations.yaml": _register(),
        "desk.yaml": f"phrases: {{{_quoted('phrase')}: {PROCEDURE_ID}#say}}\n",
    }
    return {path: text.encode() for path, text in texts.items()}


def _quoted(field: str) -> str:
    return json.dumps(attack(field), ensure_ascii=False)


def _procedure(procedure_id: str, title: str, related: str) -> str:
    condition = f"{attack('ask')}={attack('answer')}"
    law = f"〔{attack('regulation')}§6〕"
    return f"""\
---
id: {procedure_id}
title: {json.dumps(title, ensure_ascii=False)}
category: {_quoted("category")}
summary: {_quoted("summary")}
says: [{_quoted("says")}, 甲说法, 乙说法, 丙说法, 丁说法, 戊说法]
keywords: [{_quoted("keyword")}]
asks:
  {_quoted("ask")}: [{_quoted("answer")}, 乙]
owner: {_quoted("owner")}
effective_from: 2026-01-01
review_by: 2026-12-31
related: [{related}]
---
## 办理步骤
1. {attack("step")}，见[{attack("link")}]({related}#act)。{law} {{#act {condition}}}
   - 必说: {attack("block")}{law} {{{attack("key")}={attack("value")}}}
   - 话术: {attack("script")}
2. 核身以后的一步。 {{#later 需核身}}
3. 每通电话都说的一步。 {{#say}}
   - 话术: {attack("wording")}
## 所需材料
| 材料 | 何时需要 | 要求 |
|---|---|---|
| {attack("material")} | {condition} | {attack("requirement")}{law} |
## 合规提示
- 禁止: {attack("note")}{law} {{#never {condition}}}
## 时效
| 事项 | 期限 | 起算 | 依据 |
|---|---|---|---|
| {attack("deadline")} | 30自然日 | {attack("start")} | {attack("authority")}{law} |
## 常见追问
### {attack("question")} {{#ask {condition}}}
{attack("reply")}〔公司规定〕
## 升级与转办
- 转二线: {attack("route")}
"""


def _vocabulary() -> str:
    return f"""\
categories: [{_quoted("category")}]
call:
  来电人: [{_quoted("caller")}]
  核身: [未核, 已核]
  产品: {{{_quoted("product")}: []}}
  渠道: [{_quoted("channel")}]
  地区: {{全国: {{{_quoted("region")}: []}}}}
"""


def _register() -> str:
    return f"""\
{_quoted("regulation")}:
  title: {_quoted("fullname")}
  number: {_quoted("number")}
  issuer: {_quoted("issuer")}
  scope: {_quoted("scope")}
  versions: [{{name: {_quoted("version")}, from: 2020-01-01}}]
  changed: [{{on: 2026-05-01, note: {_quoted("change")}}}]
  articles:
    "6": {{note: {_quoted("gist")}}}
"""
