"""The pages of the one queue of questions."""

from web.questions.pages import QuestionPages
from web.questions.rounds import QuestionRounds

__all__ = ["QuestionPages", "QuestionRounds"]
