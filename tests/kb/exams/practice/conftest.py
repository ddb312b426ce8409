"""What these tests share: a view of the sample content, and a training room on each database."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from kb.knowledge_view import KnowledgeView
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH
from tests.exam_samples import EXAM, EXAM_PATH, SEALED, SEALED_PATH
from tests.kb.exams.practice.room import Room
from tests.kb.indexing.desks import Desk


@pytest.fixture(scope="session")
def view(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeView:
    """The sample content with the items of both banks, as it is served."""
    desk = Desk(tmp_path_factory.mktemp("practice"))
    desk.write({SAMPLE_PATH: SAMPLE, LINKED_PATH: LINKED, EXAM_PATH: EXAM, SEALED_PATH: SEALED})
    desk.refresh()
    return desk.view


@pytest.fixture
def room(engine: Engine, view: KnowledgeView) -> Room:
    """A training room with nobody in it."""
    return Room(engine, view)
