"""Every error that the core raises on purpose, and who handles it.

Messages are Chinese and safe to show to staff; facts are attributes. HTTP statuses live in
`api.errors` and `web.errors`.
"""

from __future__ import annotations

from collections.abc import Sequence


class KbError(Exception):
    """Base of all errors raised on purpose; `code` is stable, `str()` is for staff."""

    code = "error"


class SettingInvalid(KbError):
    """Raised by `kb.settings`; ends the command with the message."""

    code = "setting-invalid"


class ContentFolderMissing(KbError):
    """Raised when the content folder does not exist or cannot be read; ends the command."""

    code = "content-folder-missing"


class ProcedureNotFound(KbError):
    """Raised by `KnowledgeBase.procedure`; shown as 404 with the nearest ids."""

    code = "procedure-not-found"

    def __init__(self, procedure_id: str, nearest: Sequence[str] = ()) -> None:
        self.procedure_id = procedure_id
        self.nearest = tuple(nearest)
        hint = f"您要找的是不是：{'、'.join(nearest)}？" if nearest else ""
        super().__init__(f"没有编号为“{procedure_id}”的规程。{hint}")


class ProcedureNotInForce(KbError):
    """Raised by `KnowledgeBase.procedure` when no version is in force on the day asked for."""

    code = "procedure-not-in-force"

    def __init__(self, procedure_id: str, day: str, known: Sequence[str]) -> None:
        self.procedure_id, self.day, self.known = procedure_id, day, tuple(known)
        super().__init__(
            f"规程“{procedure_id}”在 {day} 没有有效版本；已有版本的生效日：{'、'.join(known)}。"
        )


class CategoryNotFound(KbError):
    """Raised by `KnowledgeView.category`; shown as 404."""

    code = "category-not-found"


class ExportImpossible(KbError):
    """Raised by `kb export`; ends the command with the message."""

    code = "export-impossible"


class RegulationNotFound(KbError):
    """Raised by `KnowledgeBase.regulation`; shown as 404."""

    code = "regulation-not-found"


class ExamItemNotFound(KbError):
    """Raised by `kb.exams.ItemBank`; shown as 404, also for items that somebody may not see."""

    code = "exam-item-not-found"


class CallContextInvalid(KbError):
    """Raised when a caller names an unknown key or value of the call context; shown as 422."""

    code = "call-context-invalid"


class QueryInvalid(KbError):
    """Raised for an empty, too long or malformed request value; shown as 422."""

    code = "query-invalid"


class IndexUnavailable(KbError):
    """Raised when no generation of the index can be opened; shown as 503, mended by a rebuild."""

    code = "index-unavailable"


class DatabaseUnavailable(KbError):
    """Raised by `kb.state` when the database refuses.

    Ends a command; searching goes on; feedback is answered with 503 and may be sent again.
    """

    code = "database-unavailable"


class SignInRequired(KbError):
    """Raised by the gate for who is not signed in: pages lead to the sign-in, the API says 401."""

    code = "sign-in-required"

    def __init__(self) -> None:
        super().__init__("请先登录。")


class PermissionDenied(KbError):
    """Raised when somebody's roles do not permit it; shown as 403."""

    code = "permission-denied"

    def __init__(self, message: str = "您的角色没有这个权限。需要的话请找管理员开通。") -> None:
        super().__init__(message)


class TokenMissing(PermissionDenied):
    """Raised by the gate when a form does not carry the token of the session that sends it."""

    code = "token-missing"

    def __init__(self) -> None:
        super().__init__("页面已过期，没有保存。请回到原来的页面刷新后再试一次。")


class SignInRefused(KbError):
    """Raised by `kb.people` for a wrong name or password; does not say which of them."""

    code = "sign-in-refused"


class TooManyTries(KbError):
    """Raised by `kb.people` before a password is looked at; shown as 429."""

    code = "too-many-tries"

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(f"试的次数太多了，请 {minutes} 分钟后再试。忘了密码请找管理员要一个链接。")


class LinkInvalid(KbError):
    """Raised by `kb.people` for a one-time link that was used, has run out or never was: 410."""

    code = "link-invalid"

    def __init__(self) -> None:
        super().__init__("这个链接已经用过、过期或作废了。请向管理员要一个新的。")


class AccountInvalid(KbError):
    """Raised by `kb.people` for a login, name, role or password that cannot be taken: 422."""

    code = "account-invalid"


class AccountNotFound(KbError):
    """Raised by `kb.people`; shown as 404."""

    code = "account-not-found"


class LastAdministrator(KbError):
    """Raised by `kb.people` when nobody would be left who can administer; shown as 409."""

    code = "last-administrator"

    def __init__(self) -> None:
        super().__init__("这是最后一位可以登录的管理员：请先让另一个人成为管理员。")


class CheckUnavailable(KbError):
    """Raised by `kb.changes` when the whole check came to no end; shown as 503."""

    code = "check-unavailable"


class RepositoryUnavailable(KbError):
    """Raised by `kb.repository` when git fails; ends a command, shown as 503.

    What is served stays.
    """

    code = "repository-unavailable"


class RepositoryMissing(KbError):
    """Raised where the content is a plain folder: nothing is published from it; shown as 404."""

    code = "repository-missing"

    def __init__(self) -> None:
        super().__init__("内容直接来自文件夹，没有审核和发布；用 kb init 建一个内容仓库后才有。")


class RepositoryBusy(KbError):
    """Raised when another publication holds the lock for too long; shown as 503."""

    code = "repository-busy"


class RemoteRefused(KbError):
    """Raised when a publication could not be pushed, and was undone; shown as 503."""

    code = "remote-refused"


class SuspensionNotFound(KbError):
    """Raised by `kb.publishing` for an id that is none, or was lifted; shown as 404."""

    code = "suspension-not-found"


class FolderInUse(KbError):
    """Raised by `kb init` for a folder that holds something else; ends the command."""

    code = "folder-in-use"


class DocumentRefused(KbError):
    """Raised by `kb.importing` for a document that cannot or must not be read; shown as 422."""

    code = "document-refused"


class ChangeSetNotFound(KbError):
    """Raised by `kb.changes` for an unknown id; shown as 404."""

    code = "change-set-not-found"


class ContentFileNotFound(KbError):
    """Raised for a path that is neither published nor in the change set; shown as 404."""

    code = "content-file-not-found"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"没有“{path}”这个文件：它没有发布，也不在这次改动里。")


class ChangeInvalid(KbError):
    """Raised by `kb.changes` for what a change set cannot hold or become; shown as 422."""

    code = "change-invalid"


class EditConflict(KbError):
    """Raised when somebody else was faster: nothing was overwritten; shown as 409."""

    code = "edit-conflict"


class NotApproved(KbError):
    """Raised by `kb.changes` when a change set may not be published yet; shown as 409."""

    code = "not-approved"

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        """What is missing, in Chinese."""
        super().__init__(f"还不能发布：{'；'.join(reasons)}。")


class PublishConflict(KbError):
    """Raised by `kb.publishing` when files were published differently meanwhile; shown as 409."""

    code = "publish-conflict"

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = tuple(paths)
        super().__init__(f"改动之后，这些文件已另有发布：{'、'.join(paths)}。请合并后重新送审。")


class ProviderUnavailable(KbError):
    """Raised by `kb.people.oidc` when the company's provider cannot be asked; shown as 503."""

    code = "provider-unavailable"

    def __init__(self) -> None:
        super().__init__("公司账号登录暂时用不了。可以用知识库的登录名和密码登录，或稍后再试。")


class ProviderAnswerRefused(KbError):
    """Raised by `kb.people.oidc` for a sign-in that failed or proves nothing; shown as 403."""

    code = "provider-answer-refused"


class PublicationNotFound(KbError):
    """Raised by `kb.publishing` for a number, or a moment, that has no publication: 404."""

    code = "publication-not-found"


class ReviewNotFound(KbError):
    """Raised by the pages for what need not be looked at, or no more; shown as 404."""

    code = "review-not-found"


class ReviewConflict(KbError):
    """Raised when a review was taken, or its text changed, since the page was shown: 409."""

    code = "review-conflict"


class JudgedQueriesInvalid(KbError):
    """Raised by `kb.search.evaluation` for a malformed row; names file and line."""

    code = "judged-queries-invalid"


class QuestionNotFound(KbError):
    """Raised by `kb.questions`, also for what is not one's own to see; shown as 404."""

    code = "question-not-found"

    def __init__(self) -> None:
        super().__init__("没有这个问题，或者您不能查看。")


class QuestionMovedOn(KbError):
    """Raised by `kb.questions` when a question's state does not allow an action; shown as 409."""

    code = "question-moved-on"

    def __init__(self, state: str) -> None:
        super().__init__(f"这个问题{state}，不能再这样处理。请刷新后再看。")


class PaperImpossible(KbError):
    """Raised by `kb.exams.papers` when a bank cannot meet a rule, which it names; shown as 422."""

    code = "paper-impossible"


class AttemptNotFound(KbError):
    """Raised by `kb.exams.practice`, also for what is not one's own to see; shown as 404."""

    code = "attempt-not-found"

    def __init__(self) -> None:
        super().__init__("没有这次练习，或者您不能查看。")


class AttemptMovedOn(KbError):
    """Raised by `kb.exams.practice` when an attempt is too far on, or not far enough: 409."""

    code = "attempt-moved-on"


class PaperNotFound(KbError):
    """Raised by `kb.exams.practice` for a paper or assignment, also for not one's own: 404."""

    code = "paper-not-found"

    def __init__(self) -> None:
        super().__init__("没有这份试卷，或者没有分配给您。")


class ItemsStale(KbError):
    """Raised by `kb.exams.practice` for items that are 待复核 and may not be asked; 409."""

    code = "items-stale"

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        """A line an item, in Chinese."""
        super().__init__(f"有题目待复核，不能使用：{'；'.join(reasons)}。")
