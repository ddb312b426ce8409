"""Puts into the queue what was searched in vain and said of answers: one question a meaning.

Several processes may do so: a question has the id of the first saying in it, and the event that
tells of a saying has the saying's id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Connection, Engine, exists, func, insert, select, text, update

from kb.audit import record
from kb.clock import Clock, shanghai_now
from kb.people import Person
from kb.questions.meaning import MeaningGroups, Sounds
from kb.questions.notices import tell
from kb.questions.question import Happening, OpenQuestion, QuestionKind, QuestionState
from kb.questions.rows import Change, insert_question, question_of, read_question
from kb.questions.sayings import Saying, read_new
from kb.state import reading, reported_failures
from kb.state.tables import question_events, questions

WINDOW = timedelta(days=30)
SETTLING = timedelta(minutes=5)
"""A question that is still being typed is replaced by its next wording."""
LEAST_SEARCHES = 2
"""A search without an answer counts once it is repeated; feedback counts at once."""
_MOST_BOUND = 500
"""Values in one statement."""


@dataclass(slots=True)
class _Group:
    """What belongs together: the question that there is, and what was said anew."""

    question: OpenQuestion | None = None
    sayings: list[Saying] = field(default_factory=list)


class QuestionIntake:
    """Brings the queue up to date, in three steps: `look`, `learn` each text, `take_in`.

    Only the second needs an analyzer, which belongs to the thread that answers requests.
    """

    def __init__(self, engine: Engine, clock: Clock = shanghai_now) -> None:
        """Read and write `engine`."""
        self._engine = engine
        self._clock = clock
        self._sounds: dict[str, Sounds] = {}
        self._seen: Sequence[Saying] = ()
        self._askers: dict[str, str] = {}

    def sign(self, feedback_id: str, verdict: str, by: Person | None) -> None:
        """Note who gave feedback, if anybody is known: they are told of the answer.

        Kept in memory until `take_in` finds it; lost with the process, it is nobody's.
        """
        if by and verdict in (QuestionKind.UNSOLVED, QuestionKind.WRONG):
            self._askers[feedback_id] = by.id

    def look(self) -> list[str]:
        """Return the texts of which the sounds must be learned before `take_in`.

        Raises DatabaseUnavailable.
        """
        now = self._clock()
        with reading(self._engine) as connection:
            self._seen = read_new(connection, now - WINDOW, now - SETTLING)
            known = _read_known(connection)
        texts = {question.text for question in known} | {saying.text for saying in self._seen}
        # What is asked no longer is forgotten.
        self._sounds = {text: self._sounds[text] for text in texts & self._sounds.keys()}
        return sorted(texts - self._sounds.keys())

    def learn(self, text: str, sounds: Sounds) -> None:
        """Note how a text sounds (`kb.questions.meaning.sounds_of`)."""
        self._sounds[text] = sounds

    def take_in(self) -> int:
        """Store what was seen, and return how many questions were added.

        What repeats a question is counted with it; one that was answered and is searched in vain
        again is opened again. Raises DatabaseUnavailable.
        """
        with reading(self._engine) as connection:
            known = _read_known(connection)
        groups = self._group((*known, *self._seen))
        added = sum(self._store(group) for group in groups if group.sayings)
        self._write_askers()
        return added

    def _store(self, group: _Group) -> bool:
        """Store what was said anew; return whether that makes a question.

        In a transaction of its own: nobody waits while thousands are taken in.
        """
        first, question = group.sayings[0], group.question
        least = LEAST_SEARCHES if first.kind is QuestionKind.NO_RESULT else 1
        if question is None and len(group.sayings) < least:
            return False
        now = self._clock()
        with reported_failures(), self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # SQLite writes in turn anyway; there two processes could take in the same.
                connection.execute(text("LOCK TABLE questions IN SHARE ROW EXCLUSIVE MODE"))
            if _is_taken(connection, group.sayings):
                # Another process was faster: what is left is looked at again.
                return False
            if question is None:
                stored = _question_of(first, now)
                insert_question(connection, stored)
                record(connection, None, f"question.{Happening.ASKED}", stored.id)
            else:
                stored = read_question(connection, question.id)
            _write_sayings(connection, stored, group.sayings)
            if stored.state is QuestionState.ANSWERED:
                _reopen_if_asked_again(Change(connection, stored, None, now), least)
        return question is None

    def _write_askers(self) -> None:
        """Write who gave the feedback that has been taken in."""
        for feedback_id, account_id in list(self._askers.items()):
            with reported_failures(), self._engine.begin() as connection:
                if _sign(connection, feedback_id, account_id):
                    del self._askers[feedback_id]

    def _group(self, items: Iterable[OpenQuestion | Saying]) -> Iterable[_Group]:
        meanings: defaultdict[tuple[str, str], MeaningGroups] = defaultdict(MeaningGroups)
        groups: defaultdict[tuple[str, str, int], _Group] = defaultdict(_Group)
        for item in items:
            sounds = self._sounds.get(item.text)
            is_search = item.kind is QuestionKind.NO_RESULT
            if sounds is None or (is_search and not sounds):
                # Learned next time; or nothing but signs, which no words answer.
                continue
            # What is said of one procedure's answer tells nothing of another's.
            key = (item.kind, "" if is_search else item.procedure_id)
            group = groups[*key, meanings[key].place(sounds, item.procedure_id)]
            if isinstance(item, Saying):
                group.sayings.append(item)
            else:
                group.question = group.question or item
        return groups.values()


def _read_known(connection: Connection) -> list[OpenQuestion]:
    """Return the questions that nobody entered: waiting ones first, then the latest."""
    statement = (
        select(questions)
        .where(questions.c.kind != QuestionKind.PROMISED)
        .order_by(questions.c.updated_at.desc())
    )
    known = [question_of(row) for row in connection.execute(statement)]
    return sorted(known, key=lambda question: not question.is_waiting)


def _is_taken(connection: Connection, sayings: Iterable[Saying]) -> bool:
    """Return whether any of the sayings belongs to a question by now."""
    ids = iter([saying.id for saying in sayings])
    while some := list(islice(ids, _MOST_BOUND)):
        if connection.scalar(select(exists().where(question_events.c.id.in_(some)))):
            return True
    return False


def _question_of(first: Saying, now: datetime) -> OpenQuestion:
    return OpenQuestion(
        id=first.id,
        kind=first.kind,
        state=QuestionState.OPEN,
        text=first.text,
        procedure_id=first.procedure_id,
        source_id=first.id,
        asked_by=None,
        asked_at=first.at,
        ticket="",
        owner=None,
        promised_at=None,
        handed_up_at=None,
        answer="",
        closed_reason="",
        change_set_id=None,
        updated_at=now,
    )


def _write_sayings(
    connection: Connection, question: OpenQuestion, sayings: Sequence[Saying]
) -> None:
    rows = [
        {
            "id": saying.id,
            "question_id": question.id,
            "at": saying.at,
            "account_id": None,
            "action": Happening.ASKED,
            "text": saying.text,
            "promised_at": None,
        }
        for saying in sayings
    ]
    connection.execute(insert(question_events), rows)


def _reopen_if_asked_again(change: Change, least: int) -> None:
    question, table = change.question, question_events.c
    statement = select(func.count()).where(
        table.question_id == question.id,
        table.action == Happening.ASKED,
        table.at > question.updated_at,
    )
    if (times := change.connection.scalar(statement) or 0) >= least:
        change.write(
            Happening.REOPENED,
            f"答复后又有 {times} 次",
            state=QuestionState.TAKEN if question.owner else QuestionState.OPEN,
        )
        tell(change, [question.owner], "答复后又问")


def _sign(connection: Connection, saying_id: str, account_id: str) -> bool:
    """Write who said something; return whether it has been taken in."""
    event = update(question_events).where(question_events.c.id == saying_id)
    found = connection.execute(event.values(account_id=account_id)).rowcount
    first = update(questions).where(questions.c.source_id == saying_id)
    connection.execute(first.values(asked_by=account_id))
    return found > 0
