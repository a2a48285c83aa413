"""The figures of regions for the regional evaluation: statistics as stored, and those aggregated from the enterprises' results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.i18n import N_
from app.models import Statistic
from app.services.comparisons import FEWEST, Comparison, Line
from app.services.regional import ABOVE_SCALE
from app.services.statistics import COMPUTED, typed
from questionnaires.types import Questionnaire

LEAST_COVERAGE: Final = 0.1
"""From such a share of the firms above scale on an aggregated figure counts."""
AGGREGATES: Final = {
    "firms.number": ("number", 1),
    "firms.coverage": ("coverage", 100),
    "firms.mean_score": ("mean", 1),
    "firms.median_score": ("median", 1),
    "firms.high_share": ("high_share", 100),
    "firms.service_share": ("service_share", 100),
}
"""Question, column of the comparison, and what makes percent of its shares."""
Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Datum:
    """A figure of a region: entered (`statistic`), aggregated, or missing (neither) with the reason in words."""

    question: str
    value: float | None
    statistic: Statistic | None = None
    aggregated: bool = False
    reason: str = ""


def public(stored: Mapping[Key, Statistic], today: date) -> dict[Key, Statistic]:
    """Return the statistics that their publishers have made public by a day."""
    return {key: one for key, one in stored.items() if one.published is not None and one.published <= today}


def figures(
    questionnaire: Questionnaire, code: str, year: int, stored: Mapping[Key, Statistic], line: Line | None
) -> tuple[Datum, ...]:
    """Return every figure of a region; `line` is what the enterprises say (None: nothing was released)."""
    entered = [_entered(name, stored.get((code, year, name))) for name in typed(questionnaire)]
    above = stored.get((code, year, ABOVE_SCALE))
    coverage = _coverage(line, above.value if above else None)
    return *entered, *_aggregated(questionnaire, line, coverage)


def _entered(name: str, one: Statistic | None) -> Datum:
    return Datum(name, one.value, one) if one else Datum(name, None, reason=N_("没有填报"))


def _coverage(line: Line | None, firms: float | None) -> float | None:
    if line is None or line.number is None:
        return None
    known = line.coverage if line.coverage is not None else line.number / firms if firms else None
    return None if known is None else min(known, 1.0)


def _aggregated(questionnaire: Questionnaire, line: Line | None, coverage: float | None) -> Iterator[Datum]:
    lack = why_not(line, coverage)
    for name in (name for name in questionnaire.questions if name.startswith(COMPUTED)):
        column, factor = AGGREGATES[name]
        value = coverage if column == "coverage" else getattr(line, column, None)
        if lack or value is None:
            yield Datum(name, None, aggregated=True, reason=lack or N_("无数据"))
        else:
            decimals = getattr(questionnaire.questions[name], "decimals", 0)
            yield Datum(name, round(value * factor, decimals), aggregated=True)


def why_not(line: Line | None, coverage: float | None) -> str:
    """Return why what the enterprises of a region say does not count; empty when it does."""
    if line is None:
        return N_("还没有发布")
    if line.number is None:
        return N_("不予公布")
    if line.number < FEWEST:
        return N_("参评企业不足 5 家")
    if coverage is None:
        return N_("没有规上制造业企业数，算不出覆盖率")
    return N_("覆盖率不足 10%") if coverage < LEAST_COVERAGE else ""


def lines_of(comparison: Comparison | None) -> dict[str, Line]:
    """Return what the enterprises say by region."""
    return {line.code: line for line in comparison.lines} if comparison else {}


def answers(data: Sequence[Datum]) -> dict[str, Any]:
    """Return the figures that are there as stored answers."""
    return {one.question: one.value for one in data if one.value is not None}
