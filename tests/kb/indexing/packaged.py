"""The packaged content as it is served, built once a run."""

from __future__ import annotations

import pytest

from kb.content import FolderSource
from kb.indexing import IndexBuilder
from kb.knowledge_base import KnowledgeBase
from kb.knowledge_view import KnowledgeView
from kb.settings import PACKAGED_CONTENT, Settings
from tests.dictionaries import lay_dictionary


@pytest.fixture(scope="session")
def packaged_view(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeView:
    """Return the view of an index of the packaged content."""
    settings = Settings(PACKAGED_CONTENT, tmp_path_factory.mktemp("packaged"))
    lay_dictionary(settings.index_dir)
    source = FolderSource(PACKAGED_CONTENT)
    IndexBuilder(source, settings.index_dir, settings.scrub_seconds).refresh()
    knowledge_base = KnowledgeBase(settings)
    knowledge_base.refresh()
    return knowledge_base.view
