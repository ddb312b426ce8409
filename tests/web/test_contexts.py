"""Each page has a typed context: its fields are the names that its template uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError, meta, nodes

from web import contexts
from web.access import contexts as access_contexts
from web.access.contexts import AccountPage, PasswordPage, SignInPage, WelcomePage
from web.audit import contexts as audit_contexts
from web.audit.contexts import AuditPage
from web.changes import contexts as change_contexts
from web.changes.contexts import BaselinePage, ChangedAnswerPage, ChangePage, ChangesPage
from web.contexts import (
    CategoriesPage,
    ErrorPage,
    ExplanationPage,
    FeedbackPage,
    HealthPage,
    KeysPage,
    PanelSamplePage,
    ProcedurePage,
    RegulationPage,
    RegulationsPage,
    SearchPage,
)
from web.documents import contexts as document_contexts
from web.documents.contexts import CategoryDocument, ChecklistPage, OfflineCopy
from web.editing import contexts as editing_contexts
from web.editing.contexts import (
    ConflictPage,
    DraftPage,
    DraftsPage,
    ExistingFilesPage,
    FilePage,
    ImportedPage,
    ImportPage,
    NewProcedurePage,
    NewVersionPage,
    PreviewPage,
    SubmissionPage,
)
from web.figures import contexts as figure_contexts
from web.figures.contexts import FiguresPage
from web.history import contexts as history_contexts
from web.history.contexts import (
    ComparisonPage,
    HistoryPage,
    ReplayListPage,
    ReplayPage,
    RetiredPage,
)
from web.inbox import contexts as inbox_contexts
from web.inbox.contexts import MustReadPage, NotificationsPage, ReadersPage
from web.people import contexts as people_contexts
from web.people.contexts import LinkPage, PeoplePage, PersonPage
from web.questions import contexts as question_contexts
from web.questions.contexts import OwnQuestionsPage, QuestionPage, QueuePage
from web.reviews import contexts as review_contexts
from web.reviews.contexts import ReviewCalendarPage, ReviewsPage
from web.suspensions import contexts as suspension_contexts
from web.suspensions.contexts import SuspensionsPage
from web.templating import context_values, make_environment

MODULES = (
    contexts,
    access_contexts,
    audit_contexts,
    change_contexts,
    document_contexts,
    figure_contexts,
    history_contexts,
    inbox_contexts,
    people_contexts,
    question_contexts,
    review_contexts,
    suspension_contexts,
    editing_contexts,
)
PAGES: dict[str, type[Any]] = {
    "search.html": SearchPage,
    "explanation.html": ExplanationPage,
    "procedure.html": ProcedurePage,
    "categories.html": CategoriesPage,
    "regulations.html": RegulationsPage,
    "regulation.html": RegulationPage,
    "health.html": HealthPage,
    "feedback.html": FeedbackPage,
    "keys.html": KeysPage,
    "panel_sample.html": PanelSamplePage,
    "error.html": ErrorPage,
    "access/sign_in.html": SignInPage,
    "access/welcome.html": WelcomePage,
    "access/password.html": PasswordPage,
    "access/account.html": AccountPage,
    "changes/changes.html": ChangesPage,
    "changes/change.html": ChangePage,
    "changes/answer.html": ChangedAnswerPage,
    "changes/baseline.html": BaselinePage,
    "history/history.html": HistoryPage,
    "history/comparison.html": ComparisonPage,
    "history/replays.html": ReplayListPage,
    "history/replay.html": ReplayPage,
    "history/retired.html": RetiredPage,
    "suspensions/suspensions.html": SuspensionsPage,
    "inbox/notifications.html": NotificationsPage,
    "inbox/must_read.html": MustReadPage,
    "inbox/readers.html": ReadersPage,
    "people/list.html": PeoplePage,
    "people/person.html": PersonPage,
    "people/link.html": LinkPage,
    "questions/queue.html": QueuePage,
    "questions/mine.html": OwnQuestionsPage,
    "questions/question.html": QuestionPage,
    "figures/figures.html": FiguresPage,
    "reviews/reviews.html": ReviewsPage,
    "reviews/calendar.html": ReviewCalendarPage,
    "audit/audit.html": AuditPage,
    "documents/category.html": CategoryDocument,
    "documents/checklist.html": ChecklistPage,
    "documents/offline.html": OfflineCopy,
    "editing/drafts.html": DraftsPage,
    "editing/existing.html": ExistingFilesPage,
    "editing/new_procedure.html": NewProcedurePage,
    "editing/import.html": ImportPage,
    "editing/imported.html": ImportedPage,
    "editing/new_version.html": NewVersionPage,
    "editing/draft.html": DraftPage,
    "editing/submission.html": SubmissionPage,
    "editing/file.html": FilePage,
    "editing/preview.html": PreviewPage,
    "editing/conflict.html": ConflictPage,
}
# What a filter takes out of the context by itself.
NAMES_OF_FILTERS = {"prose": {"register"}, "printed": {"ids"}}
MOST_LINES = 150


@pytest.fixture(scope="module")
def environment() -> Environment:
    return make_environment()


def tree(environment: Environment, template: str) -> nodes.Template:
    assert environment.loader is not None
    return environment.parse(environment.loader.get_source(environment, template)[0])


def with_parts(environment: Environment, template: str) -> Iterator[str]:
    """Yield the template and all that it extends, includes and imports."""
    yield template
    for name in meta.find_referenced_templates(tree(environment, template)):
        assert name is not None, f"{template} chooses a template at run time"
        yield from with_parts(environment, name)


def names_used(environment: Environment, template: str) -> set[str]:
    names: set[str] = set()
    for part in with_parts(environment, template):
        parsed = tree(environment, part)
        names |= meta.find_undeclared_variables(parsed)
        for item in parsed.find_all(nodes.Filter):
            names |= NAMES_OF_FILTERS.get(item.name, set())
    return names - set(environment.globals)


@pytest.mark.parametrize("template", PAGES)
def test_a_context_has_exactly_the_names_that_its_template_uses(
    environment: Environment, template: str
) -> None:
    assert {item.name for item in fields(PAGES[template])} == names_used(environment, template)


def test_every_template_of_a_page_and_every_context_is_tested(environment: Environment) -> None:
    templates = {
        name
        for name in environment.list_templates()
        if not name.rpartition("/")[2].startswith(("_", "base."))
    }
    classes = {
        item
        for module in MODULES
        for name, item in vars(module).items()
        if name.endswith(("Page", "Document", "Copy")) and is_dataclass(item)
    }

    assert set(PAGES) == templates
    assert set(PAGES.values()) == classes


def test_every_part_is_used_by_a_page(environment: Environment) -> None:
    used = {part for page in PAGES for part in with_parts(environment, page)}

    assert used == set(environment.list_templates())


def test_the_part_that_is_fetched_alone_uses_no_other_names_than_its_page(
    environment: Environment,
) -> None:
    assert names_used(environment, "_results.html") <= names_used(environment, "search.html")


def test_a_missing_name_is_an_error(environment: Environment) -> None:
    assert environment.undefined is StrictUndefined
    with pytest.raises(UndefinedError):
        environment.from_string("{{ nothing }}").render()
    with pytest.raises(UndefinedError):
        environment.from_string("{% if nothing %}{% endif %}").render()


def test_what_is_printed_is_escaped(environment: Environment) -> None:
    assert environment.autoescape is True
    assert (
        environment.from_string("{{ text }}").render(text="<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"
    )


def test_no_template_switches_escaping_off(environment: Environment) -> None:
    for name in environment.list_templates():
        parsed = tree(environment, name)
        filters = {item.name for item in parsed.find_all(nodes.Filter)}
        assert not filters & {"safe", "xmlattr", "tojson"}, name
        assert not list(parsed.find_all(nodes.ScopedEvalContextModifier)), name
        assert not list(parsed.find_all(nodes.MarkSafe)), name


def test_context_values_are_the_fields_by_name() -> None:
    page = ErrorPage(shell=None, status=404, message="没有", nearest=())  # type: ignore[arg-type]

    assert context_values(page) == {
        "shell": None,
        "status": 404,
        "message": "没有",
        "nearest": (),
    }


def test_templates_stay_short(environment: Environment) -> None:
    assert environment.loader is not None
    for name in environment.list_templates():
        source = environment.loader.get_source(environment, name)[0]
        assert source.count("\n") <= MOST_LINES, name
