"""Changes to the content: drafts, their reviews, and what exactly was approved.

Pages and commands use `ChangeSets`; what has to happen in the same transaction as something else
is a function on a connection.
"""

from kb.changes.approval import APPROVING_ROLES, ApprovalState, approved_change
from kb.changes.approval_times import ApprovalTime
from kb.changes.asked_queries import most_asked_queries
from kb.changes.change_set import (
    ApprovedChange,
    Approver,
    ChangeDetails,
    ChangedFile,
    ChangeOrigin,
    ChangeSet,
    ChangeState,
    files_digest,
)
from kb.changes.check import CheckedChange, Published, changed_files, check_change, left_marks
from kb.changes.checking_process import CheckingProcess, CheckJob
from kb.changes.comments import Comment
from kb.changes.comparison import ComparedLine, ComparedRow, RowKind, Span, compare
from kb.changes.conflict import Conflict, find_conflicts, published_text
from kb.changes.drafts import create
from kb.changes.files import SavedFile, SavedMeanwhile, save_file
from kb.changes.impact import (
    Impact,
    Touch,
    TouchedCitation,
    TouchedItem,
    TouchedPart,
    TouchedProcedure,
    TouchedQuery,
)
from kb.changes.merging import MergeKind, MergeRegion
from kb.changes.paths import check_path
from kb.changes.reviews import Review, Verdict
from kb.changes.states import Action, is_possible
from kb.changes.store import ChangeSets
from kb.changes.workflow import mark_published

__all__ = [
    "APPROVING_ROLES",
    "Action",
    "ApprovalState",
    "ApprovalTime",
    "ApprovedChange",
    "Approver",
    "ChangeDetails",
    "ChangeOrigin",
    "ChangeSet",
    "ChangeSets",
    "ChangeState",
    "ChangedFile",
    "CheckJob",
    "CheckedChange",
    "CheckingProcess",
    "Comment",
    "ComparedLine",
    "ComparedRow",
    "Conflict",
    "Impact",
    "MergeKind",
    "MergeRegion",
    "Published",
    "Review",
    "RowKind",
    "SavedFile",
    "SavedMeanwhile",
    "Span",
    "Touch",
    "TouchedCitation",
    "TouchedItem",
    "TouchedPart",
    "TouchedProcedure",
    "TouchedQuery",
    "Verdict",
    "approved_change",
    "changed_files",
    "check_change",
    "check_path",
    "compare",
    "create",
    "files_digest",
    "find_conflicts",
    "is_possible",
    "left_marks",
    "mark_published",
    "most_asked_queries",
    "published_text",
    "save_file",
]
