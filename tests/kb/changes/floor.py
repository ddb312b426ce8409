"""The people of a floor, and change sets on their way."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, insert

from kb.changes import (
    ChangeSet,
    ChangeSets,
    CheckedChange,
    Impact,
    Verdict,
    files_digest,
)
from kb.changes.guarded_parts import changes_guarded_parts
from kb.people import Person, Role
from kb.state.tables import account_roles, accounts
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed

NEW_SUMMARY = changed("核身后当场登记", "核身后登记")
"""Changes words that 审核 alone lets pass."""
NEW_SAYING = changed("变更要由投保人提出。", "变更只能由投保人提出。")
"""Changes a 必说."""


def add_person(engine: Engine, login: str, *roles: Role, is_enabled: bool = True) -> Person:
    """Return somebody with an account."""
    person = Person(secrets.token_hex(16), login, login.upper(), "", frozenset(roles))
    row = {
        "id": person.id,
        "login": login,
        "name": person.name,
        "password_hash": "",
        "oidc_subject": None,
        "team_id": None,
        "is_enabled": is_enabled,
        "created_at": datetime.now(UTC),
    }
    with engine.begin() as connection:
        connection.execute(insert(accounts), row)
        for role in roles:
            connection.execute(insert(account_roles), {"account_id": person.id, "role": role})
    return person


@dataclass(frozen=True)
class Floor:
    """Whoever takes part in a change; the chief may do everything."""

    editor: Person
    second_editor: Person
    reviewer: Person
    compliance: Person
    chief: Person


def a_floor(engine: Engine) -> Floor:
    """Return the people of a floor, with accounts."""
    return Floor(
        add_person(engine, "editor", Role.EDITOR),
        add_person(engine, "second", Role.EDITOR),
        add_person(engine, "reviewer", Role.REVIEWER),
        add_person(engine, "compliance", Role.COMPLIANCE),
        add_person(engine, "chief", Role.EDITOR, Role.REVIEWER, Role.COMPLIANCE),
    )


def a_draft(changes: ChangeSets, by: Person, content: str | None = NEW_SUMMARY) -> ChangeSet:
    """Return a draft of `by` in which the sample procedure has this text."""
    change = changes.create(by, "改号码")
    changes.save_file(change.id, SAMPLE_PATH, content, 0, SAMPLE, by)
    return changes.get(change.id)


def passed(change: ChangeSet) -> CheckedChange:
    """Return a check that found no fault, without the seconds that a real one takes."""
    return CheckedChange(
        digest=files_digest(change.contents),
        commit="c" * 40,
        faults=(),
        impact=Impact(),
        needs_compliance=changes_guarded_parts(change.files),
    )


def submitted(changes: ChangeSets, by: Person, content: str | None = NEW_SUMMARY) -> ChangeSet:
    """Return a change set in review that `by` wrote and submitted."""
    change = a_draft(changes, by, content)
    return changes.submit(change.id, by, passed(change))


def approve(changes: ChangeSets, change: ChangeSet, by: Person, as_role: Role) -> ChangeSet:
    """Have `by` approve what is under review."""
    return changes.review(change.id, by, as_role, Verdict.APPROVED, change.digest)
