"""Conditions: guards that decide which rows of a procedure apply to this call.

`{键=值|值 键=值}`: `|` is or, blank is and, there is no negation. A condition never jumps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, Flag, auto

from kb.content.fault import FaultCollector

VERIFY_FIRST = "需核身"
_CLAUSE = re.compile(r"^([^=|{}#\s]+)=([^=\s{}#]+)$")


class Verdict(Enum):
    """What a condition says about a call."""

    APPLIES = "applies"
    OPEN = "open"
    """Not answered yet: the row is shown with its condition."""
    EXCLUDED = "excluded"
    """Answered otherwise: the row folds away, counted."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One key and the values of which any one fits."""

    key: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.key}={'|'.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Condition:
    """All clauses must fit; without clauses the row always applies."""

    clauses: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.clauses)

    def __str__(self) -> str:
        return " ".join(str(clause) for clause in self.clauses)

    def judge(self, given: Mapping[str, str], covers: Covers) -> Verdict:
        """Return the verdict for the answers `given` so far (key → value).

        `covers(key, wider, value)` says whether `wider` is `value` or one of its parents, as
        广东 covers 深圳.
        """
        verdict = Verdict.APPLIES
        for clause in self.clauses:
            match _judge_clause(clause, given.get(clause.key), covers):
                case Verdict.EXCLUDED:
                    return Verdict.EXCLUDED
                case Verdict.OPEN:
                    verdict = Verdict.OPEN
                case Verdict.APPLIES:
                    pass
        return verdict


Covers = Callable[[str, str, str], bool]
ALWAYS = Condition()


def _judge_clause(clause: Clause, answer: str | None, covers: Covers) -> Verdict:
    if answer is None:
        return Verdict.OPEN
    if any(covers(clause.key, value, answer) for value in clause.values):
        return Verdict.APPLIES
    # The call is in 广东 and the row speaks of 深圳: still undecided.
    if any(covers(clause.key, answer, value) for value in clause.values):
        return Verdict.OPEN
    return Verdict.EXCLUDED


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands in the braces at the end of a row."""

    anchor: str
    condition: Condition
    needs_verification: bool


NO_ATTRIBUTES = Attributes("", ALWAYS, False)


class Allowed(Flag):
    """What the braces of a row may hold besides conditions."""

    NOTHING = 0
    ANCHOR = auto()
    VERIFICATION = auto()


NOTHING, ANCHOR, VERIFICATION = Allowed.NOTHING, Allowed.ANCHOR, Allowed.VERIFICATION


def parse_attributes(
    text: str, line: int, faults: FaultCollector, allowed: Allowed = ANCHOR | VERIFICATION
) -> Attributes:
    """Return the attributes written as `#anchor 键=值|值 需核身`, without the braces.

    An anchor or 需核身 where it is not `allowed` is a fault: ignored, it would promise what the
    page does not do.
    """
    anchor, clauses, needs_verification = "", [], False
    for token in text.split():
        if token.startswith("#") and ANCHOR in allowed:
            anchor = _anchor(token[1:], line, faults)
        elif token == VERIFY_FIRST and VERIFICATION in allowed:
            needs_verification = True
        elif (match := _CLAUSE.match(token)) and all(match[2].split("|")):
            clauses.append(Clause(match[1], tuple(match[2].split("|"))))
        else:
            faults.error(
                line,
                "condition-syntax",
                f"“{token}”不能写在这里。",
                "条件写成 键=值，几个值用 | 隔开，几个条件用空格隔开；"
                "锚点只用于步骤、合规提示和追问，需核身只用于步骤。",
            )
    return Attributes(anchor, Condition(tuple(clauses)), needs_verification)


def _anchor(anchor: str, line: int, faults: FaultCollector) -> str:
    if re.fullmatch(r"[a-z][a-z0-9-]*", anchor):
        return anchor
    faults.error(
        line,
        "anchor-syntax",
        f"锚点“#{anchor}”写法不对。",
        "锚点用小写英文字母开头，后面可用数字和连字符，如 #verify。",
    )
    return ""
