"""The pages of the application, by what they are for."""

from __future__ import annotations

from typing import Protocol

from fastapi import APIRouter

from kb.people.oidc import OidcSignIn
from kb.reviewing import HashesBefore
from web.access.oidc_pages import OidcPages
from web.access.pages import AccessPages
from web.audit.pages import AuditPages
from web.changes.pages import ChangePages
from web.documents.pages import DocumentPages
from web.editing import EditingPages
from web.feedback_pages import FeedbackPages
from web.figures.pages import FigurePages
from web.history.pages import HistoryPages
from web.inbox.pages import InboxPages
from web.pages import Pages
from web.people.pages import PeoplePages
from web.questions import QuestionPages
from web.reviews.pages import ReviewPages
from web.services import Services
from web.suspensions.pages import SuspensionPages


class PageSet(Protocol):
    """Pages that belong together."""

    def router(self) -> APIRouter:
        """Return their routes."""


def pages_around(desk: Pages, services: Services) -> list[PageSet]:
    """Return all pages, the desk's among them, in the order in which their routes are tried."""
    knowledge_base, engine = services.knowledge_base, services.engine
    repository, publisher = services.repository, services.publisher
    environment, sessions = services.environment, services.sessions
    # A folder that is served as it is has no history.
    history = HashesBefore(repository) if repository else None
    has_provider = bool(services.settings.oidc_issuer)
    pages: list[PageSet] = [
        # Before the desk's, whose `/procedures/{…}` would take `retired` for an id.
        HistoryPages(knowledge_base, engine, repository, environment),
        desk,
        DocumentPages(knowledge_base, environment),
        FeedbackPages(knowledge_base, services.feedback, services.intake, environment),
        AccessPages(knowledge_base, engine, sessions, environment, services.clock, has_provider),
        PeoplePages(
            knowledge_base,
            engine,
            sessions,
            environment,
            services.clock,
            services.settings.public_url,
        ),
        InboxPages(knowledge_base, engine, sessions, environment),
        EditingPages(services.settings, knowledge_base, engine, environment),
        ChangePages(knowledge_base, engine, repository, publisher, environment),
        SuspensionPages(knowledge_base, engine, environment),
        QuestionPages(knowledge_base, services.questions, environment),
        FigurePages(knowledge_base, engine, environment),
        ReviewPages(knowledge_base, engine, environment, history),
        AuditPages(knowledge_base, engine, environment),
    ]
    if has_provider:
        provider = OidcSignIn(services.settings, engine, services.clock)
        pages.append(OidcPages(provider, sessions, environment))
    return pages
