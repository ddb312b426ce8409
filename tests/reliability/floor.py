"""A newsroom that outlives the processes which work in it: they are killed, it is looked over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kb.changes import ChangeSets
from kb.publishing.publisher import Publisher
from kb.repository import ContentRepository
from kb.settings import Settings
from kb.state import open_database
from tests.content_samples import SAMPLE, changed
from tests.dictionaries import lay_dictionary
from tests.kb.changes.floor import Floor
from tests.kb.publishing.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where everything lies; nothing of it is open."""

    content: Path
    data: Path
    people: Floor

    @property
    def settings(self) -> Settings:
        """The settings of whoever works here."""
        return Settings(content_dir=self.content, data_dir=self.data)


class Desk:
    """What one process has open in a workplace."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.engine = open_database(place.settings)
        self.changes = ChangeSets(self.engine)
        self.repository = ContentRepository(place.content)
        self.publisher = Publisher(ContentRepository(place.content), self.engine)


def make_workplace(folder: Path) -> Workplace:
    """Return a workplace with the sample content, taken over by two persons."""
    newsroom = Newsroom.of_sample(folder)
    newsroom.take_over()
    newsroom.engine.dispose()
    lay_dictionary(newsroom.settings.index_dir)
    return Workplace(newsroom.repository.folder, newsroom.settings.data_dir, newsroom.floor)


def text_number(number: int) -> str:
    """Return one of many texts of the sample procedure."""
    return changed("核身后当场登记", f"核身后登记{number}", SAMPLE)
