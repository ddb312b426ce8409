"""From when to when a version is the one in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.fields import SearchDocument
from kb.search.validity import intervals
from tests.content_samples import PROPERTY
from tests.kb.search.sketches import document

DAY = st.integers(0, 40).map(lambda offset: date(2026, 1, 1) + timedelta(days=offset))


@st.composite
def versions(draw: st.DrawFn) -> list[SearchDocument]:
    """Draw versions of two procedures in any order, no two beginning on the same day."""
    keys = draw(st.lists(st.tuples(st.sampled_from("ab"), DAY), unique=True, max_size=8))
    lasts = draw(st.lists(st.none() | DAY, min_size=len(keys), max_size=len(keys)))
    return [
        document(id_, start=start, last_day=last)
        for (id_, start), last in zip(keys, lasts, strict=True)
    ]


def naive_in_force(documents: list[SearchDocument], day: date) -> set[int]:
    """Return the latest begun version of each procedure unless it has ended."""
    found = set()
    for id_ in {item.id for item in documents}:
        begun = [
            number
            for number, item in enumerate(documents)
            if item.id == id_ and item.effective_from <= day
        ]
        if begun:
            latest = max(begun, key=lambda number: documents[number].effective_from)
            last = documents[latest].last_day
            if last is None or day <= last:
                found.add(latest)
    return found


@PROPERTY
@given(versions(), DAY)
def test_a_day_lies_in_the_interval_of_the_latest_begun_version_unless_it_has_ended(
    documents: list[SearchDocument], day: date
) -> None:
    ordinal = day.toordinal()
    found = {
        number
        for number, (first, last) in enumerate(intervals(documents))
        if first <= ordinal <= last
    }
    assert found == naive_in_force(documents, day)


def test_no_documents_have_no_intervals() -> None:
    assert intervals([]) == []


@pytest.mark.parametrize("starts", [(1, 1), (1, 1, 1), (1, 2, 2)])
def test_of_versions_that_begin_on_the_same_day_the_last_one_counts(
    starts: tuple[int, ...],
) -> None:
    documents = [document("one", start=date(2026, 1, day)) for day in starts]
    day = date(2026, 1, 9).toordinal()
    rows = intervals(documents)
    assert [first <= day <= last for first, last in rows] == [
        *[False] * (len(starts) - 1),
        True,
    ]
    assert all(last < first for first, last in rows[-2:-1])


def test_a_version_without_end_lasts_for_ever() -> None:
    [(first, last)] = intervals([document("one", start=date(2026, 1, 1))])
    assert (first, last) == (date(2026, 1, 1).toordinal(), date.max.toordinal())
