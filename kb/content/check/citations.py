"""Checks that a citation leads to an article of the register."""

from __future__ import annotations

from kb.content.fault import FaultCollector, did_you_mean
from kb.content.prose import Citation
from kb.content.register import Register, Regulation


def check_citation(
    citation: Citation, line: int, register: Register, faults: FaultCollector
) -> Regulation | None:
    """Record a citation of what is not registered; return the regulation, if there is one."""
    regulation = register.get(citation.law)
    if regulation is None:
        faults.error(
            line,
            "citation-unknown-law",
            f"法规登记里没有“{citation.law}”。",
            did_you_mean(citation.law, register) or "先在 regulations.yaml 登记。",
        )
        return None
    count = regulation.article_count
    if count and not _is_in_range(citation.article, count):
        faults.error(
            line,
            "citation-out-of-range",
            f"〔{citation}〕不存在：“{citation.law}”共 {count} 条。",
            "改正条号。",
        )
        return regulation
    _check_article(citation, line, register, faults)
    return regulation


def _is_in_range(article: str, count: int) -> bool:
    # Lengths are compared first: int() refuses thousands of digits.
    return article.isdecimal() and len(article) <= len(str(count)) and 1 <= int(article) <= count


def _check_article(
    citation: Citation, line: int, register: Register, faults: FaultCollector
) -> None:
    article = register[citation.law].articles.get(citation.article)
    if article is None:
        faults.error(
            line,
            "citation-unregistered",
            f"〔{citation.law}§{citation.article}〕还没有登记。",
            f"在 regulations.yaml 的“{citation.law}”下用自己的话写一句该条的意思。",
        )
    elif citation.paragraph and article.paragraphs and citation.paragraph > article.paragraphs:
        faults.error(
            line,
            "citation-out-of-range",
            f"〔{citation}〕不存在：该条共 {article.paragraphs} 款。",
            "改正款号。",
        )
