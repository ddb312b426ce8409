"""Damages to the sections and their rows."""

from __future__ import annotations

from kb.content.template import BLANK
from tests.kb.content.mutations.damage import (
    Damage,
    Mutation,
    inserted,
    replaced,
    reported_at,
    reported_on,
)

STEP = r"^1\. "
MATERIAL = r"^\| 材料 \| 何时需要 \| 要求 \|\n\|---\|---\|---\|"
DEADLINE = r"(^\| 事项 \|.*\n\|[-|]+\n\|[^|]*\|)"
AUTHORITY = r"(^\| 事项 \|.*\n\|[-|]+\n\|[^|]*\| \d[^|]*\|[^|]*\|)"


def said(block: str) -> Mutation:
    """Give the first step one more block."""
    return inserted(STEP, f"   - 必记: {block}")


def condition(text: str) -> Mutation:
    """Give the first step a condition."""
    return replaced(r"^(1\. .*\{#[a-z][a-z0-9-]*)", rf"\1 {text}")


def emptied(name: str) -> Mutation:
    """Delete all rows of a section, but not its heading."""
    return replaced(rf"^## {name}\n(?:(?!## ).*\n)*", rf"## {name}\n\n")


def below(lines: int, mutation: Mutation) -> Mutation:
    """Do as `mutation`; the fault is so many lines below the line where the match begins."""

    def mutate(text: str) -> Damage | None:
        damage = mutation(text)
        return Damage(damage.text, damage.line + lines) if damage else None

    return mutate


BODY_MUTATIONS: dict[str, Mutation] = {
    "text-outside-section": replaced(r"^## 办理步骤$", r"一句话\n## 办理步骤"),
    "section-unknown": replaced(r"^## 常见追问$", "## 常见问题"),
    "section-repeated": lambda text: Damage(text + "## 合规提示\n", text.count("\n") + 1),
    "steps-missing": emptied("办理步骤"),
    "steps-missing/section": reported_on(replaced(r"^## 办理步骤\n", ""), 1),
    "notes-missing": emptied("合规提示"),
    "step-syntax": inserted(STEP, "一句没有编号的话"),
    "step-syntax/number": replaced(r"^2\. ", "2、"),
    "block-unknown": inserted(STEP, "   - 必讲: 您好"),
    "note-unknown": replaced(r"^- (?:必须|禁止|提示):", "- 应当:"),
    "note-without-authority": inserted("^## 合规提示", "- 提示: 没有依据 {#baseless}"),
    "amount-without-law": said("三十天内回电"),
    "amount-without-law/practice": said("30日内回电〔公司规定〕"),
    "route-unknown": replaced(r"^- (?:转二线|转主管|转专岗|登记待答):", "- 转天上:"),
    "list-syntax": inserted("^## 合规提示", "一句话"),
    "list-syntax/follow-up": inserted("^## 常见追问", "一句话"),
    "text-missing": replaced(r"^1\. .*(\{#)", r"1. \1"),
    "follow-up-empty": inserted("^## 常见追问", "### 没有答句吗 {#without-answer}"),
    "anchor-missing": replaced(r"^(1\. .*) \{#[^}]*\}$", r"\1"),
    "anchor-missing/note": inserted("^## 合规提示", "- 提示: 没有锚点〔公司规定〕"),
    "anchor-syntax": replaced(r"^(1\. .*)\{#", r"\1{#No_"),
    "anchor-repeated": reported_at(
        replaced(r"^(1\. .*\{#)([a-z0-9-]+)([^}]*\}[\s\S]*?\n2\. .*\{#)[a-z0-9-]+", r"\1\2\3\2"),
        r"^2\. ",
    ),
    "anchor-repeated/table": below(3, replaced(rf"({MATERIAL}\n)(\|.*\n)", r"\1\2\2")),
    "condition-syntax": condition("投保人"),
    "condition-syntax/cell": inserted(MATERIAL, "| 甲 | {来电人=投保人} | |"),
    "condition-unknown-key": condition("星座=白羊"),
    "condition-unknown-value": condition("来电人=投保人|路人"),
    "table-head": replaced(r"^\| 材料 \| 何时需要 \|", "| 材料 | 什么时候 |"),
    "table-head/rule": replaced(r"^\| 事项 \|(.*)\n\|[-|]+\n", r"| 事项 |\1\n"),
    "table-row": inserted(MATERIAL, "| 只有一格 |"),
    "table-row/bar": inserted(MATERIAL, "| 甲 | 来电人=投保人|被保险人 | 原件 |"),
    "deadline-syntax": below(2, replaced(rf"{DEADLINE}[^|]*\|", r"\1 三十天 |")),
    "deadline-syntax/pairs": below(
        2, replaced(rf"{DEADLINE}[^|]*\|[^|]*\|", r"\1 30自然日 或 60自然日 | 催告之日 |")
    ),
    "deadline-without-authority": below(
        2, replaced(rf"{DEADLINE}([^|]*\|[^|]*)\|[^|]*\|", r"\1\2| 惯例 |")
    ),
    "deadline-chain": below(2, replaced(rf"{DEADLINE}([^|]*\|)[^|]*\|", r"\1\2 原30日期满 |")),
    "deadline-number-without-law": below(2, replaced(rf"{AUTHORITY}[^|]*\|", r"\1 〔公司规定〕 |")),
    "citation-syntax": said("甲〔保险法47条〕"),
    "citation-unknown-law": said("甲〔火星保险法§1〕"),
    "citation-out-of-range": said("甲〔保险法§999〕"),
    "citation-out-of-range/paragraph": said("甲〔保险法§47第9款〕"),
    "citation-unregistered": said("甲〔保险法§185〕"),
    "citation-not-in-force": reported_at(
        replaced(r"^effective_from: .*$", "effective_from: 1975-01-01"), "^(?!says|  - ).*〔.*§"
    ),
    "link-broken": said("见[别处](no-such-procedure)"),
    "link-broken/anchor": said("见[别处](surrender-materials#no-such-step)"),
    "link-broken/address": said("见[别处](https://example.com)"),
    "link-broken/related": replaced(r"^related: \[", "related: [no-such-procedure, "),
    "link-broken/replaced": inserted("^owner:", "replaced_by: no-such-procedure"),
    "blank-left": said(f"甲{BLANK}乙）"),
    "personal-data": said("客户留的号码13800138000"),
    "personal-data/spaced": said("客户留的号码 138 0013 8000"),
    "personal-data/summary": replaced(r"^summary: .*$", "summary: 请打13800138000"),
}
