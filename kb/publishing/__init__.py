"""Publication: from approved bytes to what agents are served.

What needs the database is imported where it is used.
"""

from kb.publishing.publication import Publication, PublicationKind, PublicationState
from kb.publishing.repository_faults import RepositoryFaults
from kb.publishing.suspension import Suspension

__all__ = [
    "Publication",
    "PublicationKind",
    "PublicationState",
    "RepositoryFaults",
    "Suspension",
]
