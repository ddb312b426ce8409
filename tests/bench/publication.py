"""How soon every web process finds what was published, over the content that is shipped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.web.processes import RunningServer
from tests.web.test_publication import EDITED, newsroom_of, text_with, wait_until_found

# Words that stand nowhere in the content.
_WORDS = (
    *("青蛙王子", "紫色大象", "银河快车", "琉璃蜻蜓", "水晶南瓜"),
    *("木星列车", "金色飞贼", "深海章鱼", "雪山飞狐", "月亮石头"),
)


@dataclass(frozen=True, slots=True)
class PublicationFigures:
    """Seconds from the end of the publication until all processes found its words."""

    publications: int
    median_seconds: float
    longest_seconds: float


def measure(folder: Path) -> PublicationFigures:
    """Return what ten publications took on a server of its own below `folder`."""
    server = RunningServer(None, folder / "data")
    try:
        server.wait_until_ready()
        newsroom = newsroom_of(server)
        seconds = []
        for words in _WORDS:
            newsroom.publish({EDITED: text_with(newsroom, words)})
            seconds.append(wait_until_found(server, words))
        newsroom.engine.dispose()
    finally:
        server.kill()
    return PublicationFigures(len(seconds), median(seconds), max(seconds))


def table(figures: PublicationFigures) -> str:
    """Return the figures as text."""
    return (
        f"{figures.publications} publications found by all processes: "
        f"median {figures.median_seconds:.2f} s, longest {figures.longest_seconds:.2f} s"
    )
