"""A worker in short: opens the index that is there, answers, and waits to be measured.

Run as `python -m tests.bench.first_answer QUERIES` with KB_CONTENT_DIR and KB_DATA_DIR set.
QUERIES is a file with one query a line. Prints `answered` with the time of day after the
first and `done` after all, and ends when its standard input does.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kb.knowledge_base import KnowledgeBase
from kb.settings import read_settings
from tests.bench.today import TODAY
from tests.clocks import instant


def _say(word: str) -> None:
    """Print a word with the time at which it was said."""
    print(word, time.time(), flush=True)


def main() -> None:
    """Answer the queries of the file."""
    queries = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    knowledge_base = KnowledgeBase(read_settings(), lambda: instant(TODAY))
    assert knowledge_base.refresh(), "there is no index"
    for number, text in enumerate(queries):
        knowledge_base.view.search(text)
        if not number:
            _say("answered")
    _say("done")
    sys.stdin.read()


if __name__ == "__main__":
    main()
