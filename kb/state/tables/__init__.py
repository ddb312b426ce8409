"""The tables as the program uses them; `migrations` says how a database gets there."""

from kb.state.tables.audit import audit_entries
from kb.state.tables.base import metadata
from kb.state.tables.changes import (
    change_comments,
    change_editors,
    change_files,
    change_reviews,
    change_sets,
)
from kb.state.tables.exams import (
    exam_assignments,
    exam_attempts,
    exam_item_versions,
    exam_marks,
    exam_papers,
    exam_responses,
)
from kb.state.tables.people import (
    account_roles,
    accounts,
    oidc_requests,
    one_time_links,
    sessions,
    sign_in_attempts,
    teams,
)
from kb.state.tables.publications import (
    acknowledgements,
    publications,
    published_files,
    suspensions,
)
from kb.state.tables.searches import feedback, search_events
from kb.state.tables.tasks import notifications, question_events, questions, review_tasks

__all__ = [
    "account_roles",
    "accounts",
    "acknowledgements",
    "audit_entries",
    "change_comments",
    "change_editors",
    "change_files",
    "change_reviews",
    "change_sets",
    "exam_assignments",
    "exam_attempts",
    "exam_item_versions",
    "exam_marks",
    "exam_papers",
    "exam_responses",
    "feedback",
    "metadata",
    "notifications",
    "oidc_requests",
    "one_time_links",
    "publications",
    "published_files",
    "question_events",
    "questions",
    "review_tasks",
    "search_events",
    "sessions",
    "sign_in_attempts",
    "suspensions",
    "teams",
]
