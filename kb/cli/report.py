"""`kb report`: what the content rests on, and how much of it is said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kb.cli.common import JsonOption, print_json
from kb.content import (
    Authority,
    CutProcedure,
    alike_pairs,
    cut_procedure,
    read_content_files,
    read_pack,
    repeated_sentences,
)
from kb.content.likeness import MAX_PROCEDURES, MAX_SHARE, SENTENCE_CHARS
from kb.settings import read_settings

_SHOWN_PAIRS = 10


def report(json_output: JsonOption = False) -> None:
    """内容体检：语句的依据构成、重复的句子、最相近的规程。"""
    pack = read_pack(read_content_files(read_settings().content_folder))
    procedures = [cut_procedure(procedure) for procedure in pack.procedures]
    value = {
        "procedures": len({cut.procedure.id for cut in procedures}),
        "authorities": _authorities(procedures),
        "repeated": repeated_sentences(procedures),
        "alike": [
            {"share": round(pair.share, 3), "ids": [pair.first, pair.second]}
            for pair in alike_pairs(procedures)[:_SHOWN_PAIRS]
        ],
    }
    if json_output:
        print_json(value)
    else:
        print("\n".join(_lines(value)))


def _authorities(procedures: Iterable[CutProcedure]) -> dict[str, dict[str, int]]:
    """Return category → authority → number of statements; under 全部 their sum."""
    counts: dict[str, Counter[str]] = {}
    for cut in procedures:
        found = Counter(str(statement.authority) for statement in cut.statements)
        counts.setdefault(cut.procedure.category, Counter()).update(found)
    counts["全部"] = sum(counts.values(), Counter())
    return {name: {str(kind): found[kind] for kind in Authority} for name, found in counts.items()}


def _lines(value: Mapping[str, Any]) -> Iterator[str]:
    yield f"规程 {value['procedures']} 份。语句的依据："
    yield _row("", "语句", *Authority)
    for name, counts in value["authorities"].items():
        total = sum(counts.values())
        shares = (f"{counts[kind] / max(1, total):.0%}" for kind in Authority)
        yield _row(name, str(total), *shares)
    repeated = len(value["repeated"])
    yield f"\n{SENTENCE_CHARS} 字以上、在 {MAX_PROCEDURES} 份以上规程里重复的句子：{repeated} 句"
    for sentence, ids in value["repeated"].items():
        yield f"- {sentence}：{'、'.join(ids)}"
    yield f"\n最相近的规程（五字组的重合，超过 {MAX_SHARE} 应合并或互相链接）："
    yield from (f"- {item['share']:.3f}  {' · '.join(item['ids'])}" for item in value["alike"])


def _row(name: str, *cells: str) -> str:
    # A Chinese character is as wide as two others.
    padded = (f"{cell}{' ' * (10 - _width(cell))}" for cell in cells)
    return f"{name}{' ' * (14 - _width(name))}{''.join(padded)}".rstrip()


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
