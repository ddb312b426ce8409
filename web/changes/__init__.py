"""Where changes are reviewed: what waits, what changes, what is still missing, and the decision."""
