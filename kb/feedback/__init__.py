"""What agents say of an answer: stored for the editors.

`store` and `listing` need the database and are imported where they are used.
"""

from kb.feedback.feedback import MAX_LINE_CHARS, VERDICTS, Feedback, Verdict, new_feedback
from kb.feedback.recorder import FeedbackRecorder

__all__ = [
    "MAX_LINE_CHARS",
    "VERDICTS",
    "Feedback",
    "FeedbackRecorder",
    "Verdict",
    "new_feedback",
]
