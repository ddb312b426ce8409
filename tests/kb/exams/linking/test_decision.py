"""Whether any procedure answers an item."""

from __future__ import annotations

import pytest

from kb.exams.linking.decision import LINK_THRESHOLD, LinkSigns, confidence_of

PLAIN = LinkSigns(lead=2.0, is_foreign=0.0, known=0.6)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (PLAIN, PLAIN._replace(lead=-1.0)),
        (PLAIN, PLAIN._replace(is_foreign=1.0)),
        (PLAIN, PLAIN._replace(known=0.2)),
    ],
)
def test_each_sign_tells(better: LinkSigns, worse: LinkSigns) -> None:
    assert confidence_of(better) > confidence_of(worse)


def test_an_item_of_which_nothing_is_known_has_no_procedure() -> None:
    assert confidence_of(LinkSigns(0.0, 0.0, 0.0)) < LINK_THRESHOLD < confidence_of(PLAIN)
