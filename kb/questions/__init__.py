"""The one queue of what has no good answer yet: searches, feedback, and promises to callers.

What needs the database is imported where it is used: `questions`, `listing`, `history`, `workers`,
`intake`, `upkeep`, `gaps`.
"""

from kb.questions.meaning import MeaningGroups, Sounds, sounds_of
from kb.questions.new_question import MAX_TEXT_CHARS, MAX_TICKET_CHARS, NewQuestion
from kb.questions.promise import Due, due_of, latest_promise, soon_until
from kb.questions.question import Happening, OpenQuestion, QuestionKind, QuestionState
from kb.questions.rendering import question_href, question_json
from kb.questions.rules import Action, possible_actions

__all__ = [
    "MAX_TEXT_CHARS",
    "MAX_TICKET_CHARS",
    "Action",
    "Due",
    "Happening",
    "MeaningGroups",
    "NewQuestion",
    "OpenQuestion",
    "QuestionKind",
    "QuestionState",
    "Sounds",
    "due_of",
    "latest_promise",
    "possible_actions",
    "question_href",
    "question_json",
    "soon_until",
    "sounds_of",
]
