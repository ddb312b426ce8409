"""The links with which people say what they know of the call: in the bar, and above an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kb.answer import VERIFIED_YES, Answer
from kb.content import CALL_KEYS, VERIFIED, Vocabulary
from web.contexts import CallField, Choice, QuestionLinks
from web.request_state import RequestState

_INDENT = "\u3000"
# The left hand's, without those that do something else (see `static/desk/keys.js`).
_CHIP_KEYS = "qwertasdfgzxv"


class AnswerLinks:
    """Links from the page at `path`, in `state`, to the same page with one thing more known."""

    def __init__(self, vocabulary: Vocabulary, state: RequestState, path: str) -> None:
        self._vocabulary = vocabulary
        self._state = state
        self._path = path

    def call_fields(self) -> tuple[CallField, ...]:
        """Return what can be said of the call, whatever the procedure."""
        return tuple(self._call_field(key) for key in CALL_KEYS)

    def _call_field(self, key: str) -> CallField:
        values = self._vocabulary.values(key)
        return CallField(key, tuple(self._call_choice(key, value) for value in values))

    def _call_choice(self, key: str, value: str) -> Choice:
        parents = self._vocabulary.parents[key]
        depth, above = 0, parents[value]
        while above is not None:
            depth, above = depth + 1, parents[above]
        chosen = self._state.given.get(key) == value
        href = self._state.answering(key, value).href(self._path)
        return Choice(value, _INDENT * depth + value, href, chosen)

    def questions(self, answer: Answer) -> tuple[QuestionLinks, ...]:
        """Return what to ask first, each choice with its key as far as there are keys."""
        keys = iter(_CHIP_KEYS)
        return tuple(
            QuestionLinks(key, tuple(replace(choice, key=next(keys, "")) for choice in choices))
            for key, choices in self._questions(answer)
        )

    def _questions(self, answer: Answer) -> Iterator[tuple[str, list[Choice]]]:
        if any(step.part.needs_verification for step in answer.steps):
            yield VERIFIED, [self._call_choice(VERIFIED, VERIFIED_YES)]
        for question in answer.questions:
            choices = [
                Choice(
                    value,
                    value,
                    self._state.answering(question.key, value).href(self._path),
                    question.chosen == value,
                )
                for value in question.values
            ]
            yield question.key, choices
