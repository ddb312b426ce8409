"""Checks what a procedure refers to: vocabulary, conditions, citations, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kb.content.check.citations import check_citation
from kb.content.condition import Clause
from kb.content.fault import FaultCollector, choose_from, did_you_mean
from kb.content.pack import ReferenceData
from kb.content.procedure import Procedure, citing_parts
from kb.content.prose import Link
from kb.content.register import Regulation
from kb.content.vocabulary import CALL_KEYS, SCOPE_KEYS, Vocabulary

Anchors = Mapping[str, frozenset[str]]
"""Procedure id → the addresses that its versions have."""


def check_references(
    procedure: Procedure, reference: ReferenceData, anchors: Anchors, faults: FaultCollector
) -> None:
    """Record every reference of `procedure` that leads nowhere."""
    _check_vocabulary(procedure, reference.vocabulary, faults)
    _check_conditions(procedure, reference.vocabulary, faults)
    for link, line in links_of(procedure):
        check_link(link, line, anchors, faults)
    for part, prose in citing_parts(procedure):
        for citation in prose.citations:
            line = prose.line if prose.raw else part.line
            regulation = check_citation(citation, line, reference.register, faults)
            if regulation is not None:
                _check_in_force(regulation, line, procedure.effective_from, faults)


def _check_vocabulary(procedure: Procedure, vocabulary: Vocabulary, faults: FaultCollector) -> None:
    if procedure.category and procedure.category not in vocabulary.categories:
        faults.error(
            procedure.line_of("category"),
            "category-unknown",
            f"词表里没有分类“{procedure.category}”。",
            choose_from(procedure.category, vocabulary.categories),
        )
    for name, key in SCOPE_KEYS.items():
        for value in getattr(procedure.scope, name):
            if value not in vocabulary.values(key):
                faults.error(
                    procedure.line_of("applies"),
                    "scope-unknown",
                    f"词表的“{key}”里没有“{value}”。",
                    choose_from(value, vocabulary.values(key)),
                )
    for question in procedure.asks:
        if question.key in CALL_KEYS:
            faults.error(
                question.line,
                "asks-key",
                f"“{question.key}”是整通电话的信息，不能在 asks 里再问。",
                "删去这一项，直接在条件里使用。",
            )


def _clauses(procedure: Procedure) -> Iterator[tuple[Clause, int]]:
    for part in procedure.parts():
        for clause in part.condition.clauses:
            yield clause, part.line


def _check_conditions(procedure: Procedure, vocabulary: Vocabulary, faults: FaultCollector) -> None:
    asked = {question.key: question.values for question in procedure.asks}
    keys = (*asked, *CALL_KEYS)
    for clause, line in _clauses(procedure):
        if clause.key not in keys:
            faults.error(
                line,
                "condition-unknown-key",
                f"条件里的“{clause.key}”既不在 asks 里，也不在词表里。",
                choose_from(clause.key, keys),
            )
            continue
        values = asked.get(clause.key) or vocabulary.values(clause.key)
        for value in clause.values:
            if value not in values:
                faults.error(
                    line,
                    "condition-unknown-value",
                    f"“{clause.key}”没有“{value}”这个值。",
                    choose_from(value, values),
                )


def links_of(procedure: Procedure) -> Iterator[tuple[Link, int]]:
    """Yield every link that leads away from the procedure, with its line."""
    for related in procedure.related:
        yield Link(related, related), procedure.line_of("related")
    if procedure.replaced_by:
        yield Link("", procedure.replaced_by), procedure.line_of("replaced_by")
    for _, prose in citing_parts(procedure):
        for link in prose.links:
            yield link, prose.line


def check_link(link: Link, line: int, anchors: Anchors, faults: FaultCollector) -> bool:
    """Record a link that leads nowhere; return whether it leads somewhere."""
    if link.procedure_id not in anchors:
        faults.error(
            line,
            "link-broken",
            f"没有编号为“{link.procedure_id}”的规程。",
            did_you_mean(link.procedure_id, anchors) or "改正编号，或先写那份规程。",
        )
        return False
    known = anchors[link.procedure_id]
    if link.anchor and link.anchor not in known:
        faults.error(
            line,
            "link-broken",
            f"规程“{link.procedure_id}”里没有锚点“#{link.anchor}”。",
            did_you_mean(link.anchor, known) or "改成那份规程里有的锚点。",
        )
        return False
    return True


def _check_in_force(regulation: Regulation, line: int, day: date, faults: FaultCollector) -> None:
    if regulation.version_on(day) is None:
        faults.error(
            line,
            "citation-not-in-force",
            f"“{regulation.short}”在本版生效日 {day} 没有施行。",
            "改引当时有效的规定，或改生效日。",
        )
