"""One query of the last utterances of a call."""

from __future__ import annotations

import pytest

from kb.search.analyzer import Analyzer
from kb.search.query_analyzer import MAX_QUERY_CHARS
from kb.search.terms import AnalysedQuery, Space
from kb.search.transcript import MAX_UTTERANCES, Speaker, TranscriptUtterance, transcript_query


def query(analyzer: Analyzer, *texts: str, speaker: Speaker = "customer") -> AnalysedQuery:
    return transcript_query([TranscriptUtterance(speaker, text) for text in texts], analyzer)


def weight(found: AnalysedQuery, word: str) -> float:
    return next(
        (term.weight for term in found.terms if (term.space, term.text) == (Space.WORDS, word)), 0.0
    )


def test_one_utterance_is_the_query_that_a_person_would_type(analyzer: Analyzer) -> None:
    found, typed = query(analyzer, "我要退保材料"), analyzer.query("我要退保材料")
    assert found == typed


def test_what_was_said_earlier_weighs_less(analyzer: Analyzer) -> None:
    found = query(analyzer, "受益人变更", "异地理赔", "退保材料")
    weights = [weight(found, word) for word in ("受益人", "异地", "退保")]
    assert weights == sorted(weights)
    assert 0 < weights[0] < weights[1] < weights[2] == 1.0


def test_a_word_said_twice_has_the_greater_weight(analyzer: Analyzer) -> None:
    for texts in (("退保材料", "受益人变更", "退保"), ("退保", "受益人变更", "退保材料")):
        assert weight(query(analyzer, *texts), "退保") == 1.0


def test_the_agent_weighs_less(analyzer: Analyzer) -> None:
    assert 0 < weight(query(analyzer, "退保材料", speaker="agent"), "退保") < 1


def test_only_the_last_utterances_are_listened_to(analyzer: Analyzer) -> None:
    texts = ["受益人变更", *["退保材料"] * MAX_UTTERANCES]
    assert weight(query(analyzer, *texts), "受益人") == 0
    assert weight(query(analyzer, *texts[:-1]), "受益人") > 0


def test_of_a_long_utterance_the_end_counts(analyzer: Analyzer) -> None:
    found = query(analyzer, "受益人" + "啊" * MAX_QUERY_CHARS + "退保")
    assert weight(found, "退保") == 1.0
    assert weight(found, "受益人") == 0


def test_identifiers_are_masked(analyzer: Analyzer) -> None:
    found = query(analyzer, "我身份证110101199003078515", "想退保")
    assert "110101199003078515" not in found.text
    assert not any("1101" in term.text for term in found.terms)


@pytest.mark.parametrize("texts", [(), ("？",), ("", " ")])
def test_nothing_said_is_an_empty_query(analyzer: Analyzer, texts: tuple[str, ...]) -> None:
    found = query(analyzer, *texts)
    assert (found.terms, found.has_subject) == ((), False)


def test_an_utterance_of_fillers_makes_nothing_older(analyzer: Analyzer) -> None:
    assert weight(query(analyzer, "退保材料", "什么的", "需要了吗"), "退保") == 1.0


def test_an_identifier_at_the_cut_is_masked_whole(analyzer: Analyzer) -> None:
    text = "110101199003078515" + "退" * (MAX_QUERY_CHARS - 8)
    assert not any(map(str.isdigit, query(analyzer, text).text))
