"""Figures of a period: what was asked, what was used, what was said of it, how long changes took.

What reads the database is imported where it is used.
"""

from kb.figures.csv_file import csv_file
from kb.figures.period import MAX_DAYS, Period, preset_periods, read_period
from kb.figures.self_service import SelfServiceRoute, self_service_routes

__all__ = [
    "MAX_DAYS",
    "Period",
    "SelfServiceRoute",
    "csv_file",
    "preset_periods",
    "read_period",
    "self_service_routes",
]
