"""What the pages and the API of one process work with, opened once."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment
from sqlalchemy import Engine

from kb.change_feed import ChangeFeed
from kb.clock import Clock
from kb.feedback import FeedbackRecorder
from kb.knowledge_base import KnowledgeBase
from kb.people.current_sessions import CurrentSessions
from kb.publishing.publisher import Publisher
from kb.questions.intake import QuestionIntake
from kb.questions.questions import Questions
from kb.repository import ContentRepository, is_content_repository
from kb.search_events import SearchRecorder
from kb.settings import Settings
from kb.state import open_database
from web.templating import make_environment


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that is shared by the routes of a process."""

    settings: Settings
    clock: Clock
    engine: Engine
    environment: Environment
    knowledge_base: KnowledgeBase
    changes: ChangeFeed
    """Tells open desks what has changed."""
    searches: SearchRecorder
    feedback: FeedbackRecorder
    sessions: CurrentSessions
    questions: Questions
    intake: QuestionIntake
    repository: ContentRepository | None
    """None where a folder is served as it is."""
    publisher: Publisher | None
    """None without a repository."""

    def close(self) -> None:
        """End the threads when they have written what waits."""
        self.feedback.close()
        self.sessions.close()
        self.searches.close()


def open_services(settings: Settings, clock: Clock) -> Services:
    """Return the services that `settings` describe; connects to nothing yet.

    Raises SettingInvalid.
    """
    engine, folder = open_database(settings), settings.content_folder
    repository = ContentRepository(folder) if is_content_repository(folder) else None
    return Services(
        settings=settings,
        clock=clock,
        engine=engine,
        environment=make_environment(),
        knowledge_base=KnowledgeBase(settings, clock, engine),
        changes=ChangeFeed(),
        searches=SearchRecorder(settings),
        feedback=FeedbackRecorder(settings),
        sessions=CurrentSessions(engine, clock),
        questions=Questions(engine, settings.ticket_pattern, clock=clock),
        intake=QuestionIntake(engine, clock),
        repository=repository,
        publisher=Publisher(repository, engine, clock) if repository else None,
    )
