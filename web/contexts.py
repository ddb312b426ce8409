"""What each page shows, as typed values; templates only loop, branch and print them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kb.answer import Answer
from kb.content import Fault, OutsideSubject, Register, Regulation
from kb.editing import Target
from kb.feedback import Verdict
from kb.indexing import Card
from kb.knowledge_view import FoundPlace, Health
from kb.people import Person
from kb.search.explanation import Reason
from kb.search.query_explanation import QueryExplanation
from kb.search.snippet import Piece
from web.menu import MenuLink


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen, by link or in a list."""

    value: str
    label: str
    href: str
    is_chosen: bool
    key: str = ""
    """The key that chooses it, or empty."""


@dataclass(frozen=True, slots=True)
class CallField:
    """One piece of the call context: set once, used by every answer."""

    key: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A question of a procedure and the answer given."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class PhraseLink:
    """A fixed phrase, always in the same place, with a link to the step that words it."""

    name: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The page as a panel in a frame beside another system, a CRM."""

    origins: tuple[str, ...]
    """Whose pages may hold the frame and exchange messages with it, besides our own sample."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page carries around its content."""

    title: str
    query: str
    on: date | None
    """The day whose versions are shown, when it is not today."""
    event_on: date | None
    call: tuple[CallField, ...]
    answers: tuple[GivenAnswer, ...]
    """Answers to procedures' own questions, which the form must not lose."""
    carry: str
    """Query string that carries day and call to other pages: `?核身=已核`, or empty."""
    today: date | None
    today_href: str
    section: str
    """Which entry of the navigation is current."""
    phrases: tuple[PhraseLink, ...]
    panel: Panel | None
    """Where the page is the panel; None on every other page."""
    person: Person | None
    """Who is signed in."""
    csrf: str
    """What forms and scripts send back with whatever changes something."""
    unread: int
    """Notifications that wait for the person."""
    must_read: int
    """Publications that the person still has to read."""
    is_reviewed: bool
    """Whether what is shown went through review; otherwise every page says so."""
    menu: tuple[MenuLink, ...]
    """Pages away from the desk that the person may see."""


@dataclass(frozen=True, slots=True)
class QuestionLinks:
    """A question to ask first, with a link for each answer."""

    key: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class VersionLink:
    """Another dated version of the same procedure."""

    effective_from: date
    href: str
    is_shown: bool
    is_coming: bool


@dataclass(frozen=True, slots=True)
class FormField:
    """A value that a form sends along unseen."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """The form in which an agent says what an answer was worth."""

    verdicts: tuple[Verdict, ...]
    fields: tuple[FormField, ...]
    """Which answer it is about."""
    line: str
    """What was typed before and could not be stored."""
    max_chars: int


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer with the links around it."""

    answer: Answer
    questions: tuple[QuestionLinks, ...]
    versions: tuple[VersionLink, ...]
    related: tuple[Card | Target, ...]
    """Of a draft also procedures that are drafts themselves."""
    href: str
    """The procedure's own page."""
    block: str
    """Address of the part that matched the query, or empty."""
    feedback: FeedbackForm | None
    """None where nobody works with the answer: in drafts, and in what was shown before."""
    calculator: tuple[tuple[str, str], ...]
    """What the form that asks for the day of the event must not lose: name and value."""
    is_preview: bool = False
    """Whether it is a draft that nobody works with yet: its rows name their lines."""


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit as a short row."""

    card: Card
    href: str
    is_open: bool
    label: str
    pieces: tuple[Piece, ...]
    reasons: tuple[Reason, ...]
    is_overdue: bool
    """Whether its review date has passed."""
    is_suspended: bool
    """Whether it, or a step of it, is 暂停使用."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A wording that begins or goes on like what was typed."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page: its first screen is the answer."""

    shell: Shell
    register: Register
    search_id: str
    """Names the question for its search event."""
    asked: str
    """The query as searched: masked and normalised."""
    answered: bool
    elsewhere: OutsideSubject | None
    """The business of others about which it seems to be."""
    completions: tuple[Completion, ...]
    hits: tuple[HitRow, ...]
    opened: AnswerView | None
    explanation_href: str
    """The account of the same query, for editors."""
    categories: Mapping[str, list[Card]]
    """Shown while nothing has been asked."""


@dataclass(frozen=True, slots=True)
class PanelSamplePage:
    """A page that holds the panel as a CRM does, and says how that is done."""

    origins: tuple[str, ...]
    """Whose pages may do so."""
    call: tuple[CallField, ...]
    """What a CRM may tell of the call."""


@dataclass(frozen=True, slots=True)
class RecognisedProcedure:
    """A procedure for which the words of a query speak."""

    card: Card
    evidence: float


@dataclass(frozen=True, slots=True)
class ExplanationPage:
    """The account of one query."""

    shell: Shell
    explanation: QueryExplanation
    recognised: tuple[RecognisedProcedure, ...]
    """Those in force on the day, the likeliest first."""
    search_href: str
    """The search page of the same query."""


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """One procedure by itself."""

    shell: Shell
    register: Register
    opened: AnswerView


@dataclass(frozen=True, slots=True)
class CategoriesPage:
    """All procedures by category."""

    shell: Shell
    categories: Mapping[str, list[Card]]


@dataclass(frozen=True, slots=True)
class RegulationRow:
    """A regulation in the list, with how many places cite it."""

    regulation: Regulation
    places: int
    procedures: int


@dataclass(frozen=True, slots=True)
class RegulationsPage:
    """The register of regulations."""

    shell: Shell
    rows: tuple[RegulationRow, ...]


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article with everything that cites it."""

    key: str
    note: str
    places: tuple[FoundPlace, ...]


@dataclass(frozen=True, slots=True)
class RegulationPage:
    """One regulation: its cited articles and every step that cites them."""

    shell: Shell
    regulation: Regulation
    articles: tuple[CitedArticle, ...]


@dataclass(frozen=True, slots=True)
class KeysPage:
    """The list of keys, for who has no script to open it over the page."""

    shell: Shell


@dataclass(frozen=True, slots=True)
class HealthPage:
    """What is served, and which files are broken."""

    shell: Shell
    health: Health
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """Whether feedback was stored, and the way back to the answer."""

    shell: Shell
    message: str
    title: str
    """Of the procedure."""
    href: str
    form: FeedbackForm | None
    """To send it again, when it was not stored."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, and where to go."""

    shell: Shell
    status: int
    message: str
    nearest: tuple[Card, ...]
    """Procedures that may have been meant."""
