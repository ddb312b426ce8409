"""`kb calibrate`: fits the decision that nothing answers, and shows its price."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kb.calibrating import WRONGLY_REFUSED_AT_MOST, Calibration
from kb.calibrating import calibrate as fit
from kb.cli.common import JsonOption, open_knowledge_base, print_json
from kb.evaluating import read_judged_queries
from kb.search.confidence import ANSWER_THRESHOLD, COEFFICIENTS, INTERCEPT

_SHOWN_UP_TO = 0.1
_MAX_BAR = 40


def calibrate(
    queries: Annotated[Path, typer.Argument(help="评测语句，每行一个 JSON；relevant 为空的应拒。")],
    json_output: JsonOption = False,
) -> None:
    """校准“无匹配”：拟合把握度，列出每个门槛的得失。"""
    view = open_knowledge_base().view
    calibration = fit(read_judged_queries(queries), view.search)
    if json_output:
        signs = calibration.coefficients._asdict()
        print_json({**asdict(calibration), "coefficients": signs})
    else:
        _print(calibration)


def _print(calibration: Calibration) -> None:
    print(f"{'':<16}{'现用':>8}{'拟合':>8}")
    print(f"{'截距':<14}{INTERCEPT:>10.2f}{calibration.intercept:>10.2f}")
    for name, used, fitted in zip(
        COEFFICIENTS._fields, COEFFICIENTS, calibration.coefficients, strict=True
    ):
        print(f"{name:<16}{used:>10.2f}{fitted:>10.2f}")
    print(f"{'门槛':<14}{ANSWER_THRESHOLD:>10.2f}{calibration.threshold:>10.2f}")
    print(f"（误拒不超过 {WRONGLY_REFUSED_AT_MOST:.0%} 的最高门槛）\n")
    print("门槛   误拒   应拒而拒")
    for point in calibration.curve:
        if point.wrongly_refused > _SHOWN_UP_TO:
            break
        bar = "█" * round(point.refused * _MAX_BAR)
        print(f"{point.threshold:.3f}  {point.wrongly_refused:.3f}  {point.refused:.3f} {bar}")
