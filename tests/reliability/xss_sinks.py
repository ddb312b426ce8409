"""Every place where somebody's text is shown. New places belong into `SINKS`."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote, urlencode

from openpyxl import load_workbook
from playwright.sync_api import BrowserContext
from sqlalchemy import Engine

from kb.changes import ChangeSets
from kb.clock import shanghai_now
from kb.content import read_reference_data
from kb.errors import AccountInvalid, ChangeInvalid, QueryInvalid
from kb.people import Person, Role
from kb.people.accounts import Accounts
from kb.people.sessions import begin_session
from kb.publishing.suspending import Suspensions
from kb.questions import NewQuestion
from kb.questions.questions import Questions
from tests.content_samples import sample_files
from tests.kb.changes.floor import passed
from tests.reliability.hostile_content import HostileText
from tests.reliability.watched_page import WatchedPage

_FIRST = "person"


@dataclass(frozen=True, slots=True)
class HostilePlace:
    """A site whose content attacks, and a browser in it."""

    engine: Engine
    context: BrowserContext
    page: WatchedPage

    @property
    def person(self) -> Person:
        """Who signed in first, and has every role."""
        return next(
            account.person
            for account in Accounts(self.engine).all()
            if account.person.login == _FIRST
        )

    def sign_in(self, name: str, team: str = "") -> None:
        """Let the browser belong to somebody new who has every role. Raises AccountInvalid."""
        people = Accounts(self.engine)
        login = f"{_FIRST}{len(people.all()) or ''}"
        person = people.create(None, login, name, frozenset(Role), team)
        with self.engine.begin() as connection:
            session_id = begin_session(connection, person, shanghai_now())
        self.context.add_cookies(
            [{"name": "kb_session", "value": session_id, "url": self.page.home}]
        )


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _procedure(place: HostilePlace, text: HostileText) -> None:
    path = f"/procedures/{text.procedure_id}"
    place.page.open(path)
    # Everything that depends on an answer is folded away.
    place.page.open(f"{path}?{urlencode({text.in_field('ask'): '别的'})}")


def _desk(place: HostilePlace, text: HostileText) -> None:
    asked = urlencode({"q": text.in_field("title"), "open": text.procedure_id})
    place.page.open(f"/?{asked}")
    place.page.open(f"/panel?{asked}")


def _call(place: HostilePlace, text: HostileText) -> None:
    given = {"来电人": "caller", "产品": "product", "渠道": "channel", "地区": "region"}
    call = {key: text.in_field(field) for key, field in given.items()}
    place.page.open(f"/procedures/{text.procedure_id}?{urlencode(call)}")


def _documents(place: HostilePlace, text: HostileText) -> None:
    place.page.open(f"/documents/{_quoted(text.in_field('category'))}")
    place.page.open(f"/procedures/{text.procedure_id}/checklist")


def _workbook(place: HostilePlace, text: HostileText) -> None:
    answer = place.context.request.get(
        f"{place.page.home}/procedures/{text.procedure_id}/checklist.xlsx"
    )
    if not answer.ok:
        place.page.note(f"no workbook of {text.procedure_id}: {answer.status}")
        return
    for row in load_workbook(BytesIO(answer.body())).worksheets[0]:
        for cell in row:
            if cell.data_type == "f":
                place.page.note(f"formula {cell.value}")


def _regulation(place: HostilePlace, text: HostileText) -> None:
    short = text.in_field("short")
    # No address leads to one with a slash in its name; it stands on other pages all the same.
    place.page.open(f"/regulations/{_quoted(short)}", is_refused="/" in short)


def _query(place: HostilePlace, text: HostileText) -> None:
    for path in ("/", "/panel", "/explain"):
        place.page.open(f"{path}?{urlencode({'q': text.text})}")


def _outside(place: HostilePlace, text: HostileText) -> None:
    place.page.open(f"/?{urlencode({'q': text.in_field('outside')})}")


def _typed(place: HostilePlace, text: HostileText) -> None:
    place.page.open("/")
    page = place.page.page
    with page.expect_response(lambda response: "fragment=1" in response.url):
        # One sign more, or there would be nothing new in the box.
        page.locator("#kb_q").fill(f"{text.text}平")
    page.wait_for_timeout(50)
    place.page.inspect()
    page.keyboard.press("F8")
    place.page.inspect()


def _errors(place: HostilePlace, text: HostileText) -> None:
    quoted = _quoted(text.text)
    for path in (f"/procedures/{quoted}", f"/{quoted}", f"/documents/{quoted}"):
        place.page.open(path, is_refused=True)
    for name in ("on", "地区", text.text):
        place.page.open(f"/?{urlencode({'q': '电话', name: text.text})}", is_refused=True)


def _name(place: HostilePlace, text: HostileText) -> None:
    try:
        place.sign_in(text.text, text.text)
    except AccountInvalid:
        return
    place.page.open("/account")


def _change(place: HostilePlace, text: HostileText) -> None:
    """What editors and reviewers write: titles, reasons, files, comments."""
    changes, by = ChangeSets(place.engine), place.person
    title = "改一处"
    with suppress(ChangeInvalid):
        title = changes.create(by, text.text).title
    change = changes.create(by, title, reason=text.text)
    path = "heard/sample.txt"
    try:
        changes.save_file(change.id, path, f"{text.text}\n", 0, None, by)
    except ChangeInvalid:
        # Control characters are refused.
        return
    place.page.open(f"/drafts/{change.id}")
    place.page.open(f"/drafts/{change.id}/files/{path}")
    changes.submit(change.id, by, passed(changes.get(change.id)))
    with suppress(ChangeInvalid):
        changes.comment(change.id, path, 1, text.text, by)
    place.page.open(f"/changes/{change.id}")


def _question(place: HostilePlace, text: HostileText) -> None:
    questions = Questions(place.engine, re.compile(r".+"))
    now = shanghai_now()
    id_ = secrets.token_hex(16)
    new = NewQuestion(id_, text.text, "CRM-123456", "", now, None)
    try:
        questions.ask(place.person, new, read_reference_data(sample_files()))
    except QueryInvalid:
        return
    place.page.open(f"/questions/{id_}")


def _suspension(place: HostilePlace, text: HostileText) -> None:
    Suspensions(place.engine).suspend(place.person, text.procedure_id, "", text.text)
    place.page.open(f"/procedures/{text.procedure_id}")


Sink = Callable[[HostilePlace, HostileText], None]
SINKS: dict[str, Sink] = {
    "procedure": _procedure,
    "desk": _desk,
    "call": _call,
    "documents": _documents,
    "workbook": _workbook,
    "regulation": _regulation,
    "query": _query,
    "outside subject": _outside,
    "typed": _typed,
    "errors": _errors,
    "name": _name,
    "change": _change,
    "question": _question,
    # Last: nothing else of the procedure is shown from then on.
    "suspension": _suspension,
}
OVERVIEWS = (
    *("/", "/procedures", "/regulations", "/health", "/keys", "/panel/sample"),
    *("/sign-in", "/people", "/drafts", "/changes", "/questions", "/questions/mine"),
    *("/suspensions", "/notifications", "/must-read", "/reviews", "/figures", "/audit"),
)
"""Pages that show all texts at once, or none."""
