"""The day on which benchmarks run; apart, so that a measured process loads nothing else."""

from __future__ import annotations

from datetime import date

TODAY = date(2026, 7, 1)
"""Every synthetic procedure is in force on it."""
