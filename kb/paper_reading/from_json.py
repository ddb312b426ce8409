"""Makes a paper again of the plain values that the confined process sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.content.exam_item import Option
from kb.paper_reading.paper import (
    Hint,
    ReadItem,
    ReadPaper,
    ReadPoint,
    ReadProblem,
    ReadSection,
)


def paper_from_json(values: Mapping[str, Any]) -> ReadPaper:
    """Return the paper of which `dataclasses.asdict` made the values."""
    return ReadPaper(
        title=values["title"],
        sections=tuple(
            ReadSection(**{**section, "lines": tuple(section["lines"])})
            for section in values["sections"]
        ),
        items=tuple(map(_item, values["items"])),
        problems=tuple(ReadProblem(**problem) for problem in values["problems"]),
        is_paper=values["is_paper"],
        source=tuple(values["source"]),
        preamble=tuple(values["preamble"]),
        furniture=tuple(values["furniture"]),
    )


def _item(values: Mapping[str, Any]) -> ReadItem:
    answer = values["answer"]
    return ReadItem(
        **{
            **values,
            "options": tuple(Option(**option) for option in values["options"]),
            "answer": tuple(answer) if isinstance(answer, list) else answer,
            "scoring_points": tuple(ReadPoint(**point) for point in values["scoring_points"]),
            "hints": tuple(Hint(**hint) for hint in values["hints"]),
            "topics": tuple(values["topics"]),
            "lines": tuple(values["lines"]),
            "missing": tuple(values["missing"]),
        }
    )
