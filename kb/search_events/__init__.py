"""What was asked, whether it was answered, what was opened: recorded beside the searches.

`store` needs the database and is imported where it is used.
"""

from kb.search_events.event import (
    HitOpening,
    SearchEvent,
    Source,
    new_search_id,
    read_search_id,
    search_event,
)
from kb.search_events.recorder import SearchRecorder

__all__ = [
    "HitOpening",
    "SearchEvent",
    "SearchRecorder",
    "Source",
    "new_search_id",
    "read_search_id",
    "search_event",
]
