"""What the builder process does for a repository at every poll: repair, adopt, publish when due."""

from __future__ import annotations

import logging
from collections.abc import Hashable

from kb.errors import KbError, RepositoryBusy
from kb.publishing.publisher import Publisher
from kb.publishing.repository_faults import RepositoryFaults
from kb.repository import ContentRepository

_LOG = logging.getLogger(__name__)


class Upkeep:
    """Looks after one repository; whatever fails is tried again at the next poll."""

    def __init__(
        self, repository: ContentRepository, publisher: Publisher, faults: RepositoryFaults
    ) -> None:
        """Look after `repository` with `publisher`; what is wrong is told in `faults`."""
        self._repository = repository
        self._publisher = publisher
        self._faults = faults
        self._seen: Hashable = None
        self._told = ""

    def run(self) -> None:
        """Do what there is to do; never fails. The same failure is logged once."""
        try:
            self._look()
            self._publisher.publish_due()
            self._told = ""
        except RepositoryBusy:
            return
        except (KbError, OSError) as error:
            if str(error) != self._told:
                _LOG.error("the repository could not be looked after: %s", error)
            self._told = str(error)

    def _look(self) -> None:
        sign = (self._repository.hand_sign(), self._faults.is_there)
        if sign != self._seen or self._publisher.has_unfinished():
            self._faults.write(self._publisher.adopt_hand_changes())
            self._seen = (sign[0], True)
