"""Builds the pages of review from change sets and publications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from kb.changes import (
    APPROVING_ROLES,
    ApprovalState,
    ChangeSet,
    ChangeSets,
    ChangeState,
    Review,
)
from kb.people import Permission, Person, Role
from kb.publishing.baseline import Baseline
from kb.publishing.history import PublicationHistory
from kb.publishing.publisher import Publisher
from web.changes.contexts import (
    BaselinePage,
    ChangePage,
    ChangeRow,
    ChangesPage,
    Decision,
    ReviewLine,
    WaitingChanges,
)
from web.changes.side_by_side import CommentPlace, compare_file
from web.contexts import Shell

_PUBLISHED_LISTED = 20


class ReviewBuilder:
    """Builds pages in a thread: it reads the database, and none of what serves the desk."""

    def __init__(
        self, changes: ChangeSets, history: PublicationHistory, publisher: Publisher | None
    ) -> None:
        """Show `changes`; without a `publisher` the content lies in a folder, served as it is."""
        self._changes = changes
        self._history = history
        self._publisher = publisher

    def changes_page(self, shell: Shell, person: Person) -> ChangesPage:
        """Return what waits for `person`, what is on its way, and what was published lately."""
        in_review = self._rows(ChangeState.IN_REVIEW)
        return ChangesPage(
            shell=shell,
            baseline=self._open_baseline(),
            is_publishing=self._publisher is not None,
            waiting=tuple(
                WaitingChanges(role, tuple(self._waiting(in_review, person, role)))
                for role in APPROVING_ROLES
                if role in person.roles
            ),
            in_review=in_review,
            approved=self._rows(ChangeState.APPROVED),
            published=tuple(self._history.latest(_PUBLISHED_LISTED)),
        )

    def _rows(self, state: ChangeState) -> tuple[ChangeRow, ...]:
        return tuple(
            ChangeRow(
                change,
                tuple(self._changes.editors(change.id).values()),
                self._changes.approval(change).missing,
            )
            for change in self._changes.listed((state,))
        )

    def _waiting(
        self, rows: Iterable[ChangeRow], person: Person, role: Role
    ) -> Iterable[ChangeRow]:
        for row in rows:
            approval = self._changes.approval(row.change)
            is_needed = role in approval.needed and role not in _given_roles(approval)
            if is_needed and not self._changes.reasons_against(row.change, person, role):
                yield row

    def _open_baseline(self) -> Baseline | None:
        baseline = self._publisher.baseline() if self._publisher else None
        return None if baseline is None or baseline.is_published else baseline

    def change_page(
        self,
        shell: Shell,
        change: ChangeSet,
        person: Person,
        now: datetime,
        place: CommentPlace | None = None,
        message: str = "",
    ) -> ChangePage:
        """Return one change set, side by side with what is published, and the decision."""
        editors = self._changes.editors(change.id)
        approval = self._changes.approval(change)
        impact = self._changes.impact(change.id)
        comments = self._changes.comments(change.id)
        publication = self._history.of_change(change.id)
        is_due = change.publish_at is None or change.publish_at <= now
        is_approved = change.state is ChangeState.APPROVED
        return ChangePage(
            shell=shell,
            change=change,
            message=message,
            editors=tuple(editors.values()),
            submitted_by=editors.get(change.submitted_by or "", ""),
            reviews=tuple(map(_review_line, self._changes.reviews(change.id))),
            approval=approval,
            guarded=tuple(part for part in impact.parts if part.is_guarded) if impact else (),
            impact=impact,
            files=tuple(
                compare_file(file.path, file.base, file.content, comments, place)
                for file in change.files
            ),
            decisions=tuple(self._decisions(change, approval, person)),
            may_take_back=(is_approved or change.state is ChangeState.IN_REVIEW)
            and any(item.account_id == person.id for item in approval.approvers),
            may_publish=is_approved
            and is_due
            and self._publisher is not None
            and person.may(Permission.REVIEW),
            publication=publication,
        )

    def _decisions(
        self, change: ChangeSet, approval: ApprovalState, person: Person
    ) -> Iterable[Decision]:
        if change.state not in (ChangeState.IN_REVIEW, ChangeState.APPROVED):
            return
        for role in approval.needed:
            if role in person.roles:
                reasons = self._changes.reasons_against(change, person, role)
                yield Decision(role, tuple(reasons))

    def baseline_page(
        self, shell: Shell, baseline: Baseline, paths: Iterable[str], person: Person
    ) -> BaselinePage:
        """Return the content of the start, and the decision to take it over."""
        folders: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            folder, _, name = path.rpartition("/")
            folders[folder or "数据文件"].append(name)
        return BaselinePage(
            shell=shell,
            baseline=baseline,
            folders=tuple((folder, tuple(names)) for folder, names in folders.items()),
            decisions=tuple(_baseline_decisions(baseline, person)),
        )


def _given_roles(approval: ApprovalState) -> set[Role]:
    return {item.as_role for item in approval.approvers}


def _review_line(review: Review) -> ReviewLine:
    signed = f"{review.name}（{review.login}）"
    return ReviewLine(review.verdict, signed, review.as_role, review.at, review.text)


def _baseline_decisions(baseline: Baseline, person: Person) -> Iterable[Decision]:
    mine = {item.as_role for item in baseline.approvals if item.account_id == person.id}
    for role in baseline.missing if not baseline.is_published else ():
        if role in person.roles:
            reasons = [f"您已经作为“{given}”批准过，另一个批准要由别人给" for given in mine]
            yield Decision(role, tuple(reasons))
