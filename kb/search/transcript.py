"""Makes one query of the last utterances of a call, as speech recognition hears them.

What was said last counts most, for calls wander; but it is often only a detail (“那要带什么”) of
a subject that was named before. The agent repeats, asks and reads aloud: that counts less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.privacy import mask_identifiers
from kb.search.analyzer import Analyzer
from kb.search.query_analyzer import MAX_QUERY_CHARS
from kb.search.terms import AnalysedQuery, strongest_terms

Speaker = Literal["customer", "agent"]

MAX_UTTERANCES = 8
"""Older ones than these last are not listened to."""
_FADING = 0.5
"""Weight of an utterance beside the one after it."""
_AGENT_WEIGHT = 0.4


@dataclass(frozen=True, slots=True)
class TranscriptUtterance:
    """What one side of a call said in one go."""

    speaker: Speaker
    text: str


def transcript_query(
    utterances: Sequence[TranscriptUtterance], analyzer: Analyzer
) -> AnalysedQuery:
    """Return the query for the last of `utterances`, which come in the order of the call.

    Of a long utterance the end counts, one without a subject (“嗯好的”) not at all. Identifiers are
    masked. A term has the greatest weight that any utterance gives it.
    """
    queries = [
        (utterance.speaker, analyzer.query(mask_identifiers(utterance.text)[-MAX_QUERY_CHARS:]))
        for utterance in utterances[-MAX_UTTERANCES:]
    ]
    heard = [(speaker, query) for speaker, query in queries if query.has_subject]
    terms = strongest_terms(
        (query, _FADING**age * (_AGENT_WEIGHT if speaker == "agent" else 1.0))
        for age, (speaker, query) in enumerate(reversed(heard))
    )
    return AnalysedQuery(
        text=" ".join(query.text for _, query in queries),
        searched=" ".join(query.searched for _, query in heard),
        terms=terms,
        foreign=tuple(dict.fromkeys(word for _, query in heard for word in query.foreign)),
        words=tuple(dict.fromkeys(word for _, query in reversed(heard) for word in query.words)),
        has_subject=bool(heard),
    )
