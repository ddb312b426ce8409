"""The answers of the four families for every combination of their first two questions.

What a change of content shows or folds is seen beside it in review: `pytest --snapshot-update`.
"""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from syrupy.assertion import SnapshotAssertion

from kb.answer import RowState, make_answer, read_call_context
from kb.content import ContentPack, Procedure, read_content_files, read_pack
from kb.settings import PACKAGED_CONTENT

STARRED = (
    *("renewal-deduction-failed", "renewal-grace-period", "policy-lapse", "policy-reinstatement"),
    *("renewal-account-change", "renewal-manual-payment", "premium-deferral-hardship"),
    *("duplicate-deduction", "surrender-materials", "surrender-cooling-off"),
    *("surrender-cash-value", "surrender-by-agent-authorised", "surrender-incomplete-materials"),
    *("surrender-refund-timing", "surrender-rejoin", "surrender-proxy-scam", "beneficiary-change"),
    *("beneficiary-designation", "beneficiary-divorce", "beneficiary-minor-insured"),
    *("beneficiary-deceased", "beneficiary-insured-consent", "claim-cross-region"),
    *("claim-cross-region-rules-conflict", "claim-cross-region-hospital"),
    *("claim-cross-region-no-visit", "policy-transfer-region", "claim-overseas"),
)
DAY = date(2026, 6, 1)
PACK = read_pack(read_content_files(PACKAGED_CONTENT))
PROCEDURES = {procedure.id: procedure for procedure in PACK.procedures}


def answers(procedure: Procedure, pack: ContentPack) -> dict[str, dict[str, str]]:
    """Return for each combination the addresses of the rows in each state."""
    first, second = procedure.asks[:2]
    found = {}
    for values in product(first.values, second.values):
        given = [
            f"{key}={value}" for key, value in zip((first.key, second.key), values, strict=True)
        ]
        context = read_call_context([*given, "核身=已核"], pack.reference.vocabulary)
        answer = make_answer(procedure, DAY, context, pack.reference)
        found[" ".join(given)] = {
            str(state): " ".join(
                row.part.address.replace(" ", "") for row in answer.rows() if row.state is state
            )
            for state in RowState
            if state is not RowState.SUSPENDED
        }
    return found


@pytest.mark.parametrize("procedure_id", STARRED)
def test_the_rows_of_each_combination(procedure_id: str, snapshot: SnapshotAssertion) -> None:
    assert answers(PROCEDURES[procedure_id], PACK) == snapshot


@pytest.mark.parametrize("procedure_id", STARRED)
def test_two_questions_change_the_rows(procedure_id: str) -> None:
    procedure = PROCEDURES[procedure_id]
    asked = {question.key for question in procedure.asks}
    used = {clause.key for part in procedure.parts() for clause in part.condition.clauses}
    assert len(asked & used) >= 2
