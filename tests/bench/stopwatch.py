"""What a piece of work costs, all processes counted."""

from __future__ import annotations

import gc
import resource
import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Stopwatch:
    """Wall seconds, and CPU seconds of this process and of the children it has waited for."""

    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
    _started: tuple[float, float] = field(default=(0.0, 0.0), repr=False)

    def __enter__(self) -> Stopwatch:
        gc.collect()
        self._started = time.perf_counter(), _cpu_seconds()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall_seconds = time.perf_counter() - self._started[0]
        self.cpu_seconds = _cpu_seconds() - self._started[1]

    def figures(self) -> dict[str, float]:
        """Return both numbers."""
        return {"wall_seconds": self.wall_seconds, "cpu_seconds": self.cpu_seconds}


def _cpu_seconds() -> float:
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)
