"""What stands out: the strongest and weakest indicators, the gaps to the next level, the steps that move most."""

from __future__ import annotations

from dataclasses import dataclass

from reports.data import Indicator, Report

Rated = tuple[Indicator, float]


@dataclass(frozen=True, slots=True)
class Gap:
    """An indicator below `target`, and what closing the gap alone would add to the score."""

    indicator: Indicator
    value: float
    target: float
    points: float


def rated(report: Report) -> list[Rated]:
    """Return the indicators that have a value and count, in order."""
    found = [(indicator, indicator.value.value) for indicator in report.indicators if indicator.value.share > 0]
    return [(indicator, value) for indicator, value in found if value is not None]


def strongest(report: Report, count: int) -> list[Indicator]:
    """Return the `count` best indicators of the better half; of equal ones the heavier first."""
    return [indicator for indicator, _ in _halves(report)[0][:count]]


def weakest(report: Report, count: int) -> list[Indicator]:
    """Return the `count` worst indicators of the other half; of equal ones the heavier first."""
    ranked = sorted(_halves(report)[1], key=lambda pair: (pair[1], -pair[0].value.share))
    return [indicator for indicator, _ in ranked[:count]]


def _halves(report: Report) -> tuple[list[Rated], list[Rated]]:
    ranked = sorted(rated(report), key=lambda pair: (-pair[1], -pair[0].value.share))
    middle = (len(ranked) + 1) // 2
    return ranked[:middle], ranked[middle:]


def next_border(report: Report) -> float | None:
    """Return the lower border of the level after the one held (or certain to be held), None where there is none."""
    outcome = report.outcome
    certain = outcome.level_interval[0] if outcome.level_interval else None
    held = next((level for level in (outcome.level, outcome.band_level, certain) if level is not None), None)
    borders = [level.lower for level in report.levels if held is not None and level.number > held]
    return next((border for border in borders if border is not None), None)


def target(report: Report) -> float:
    """Return the value to compare with: the next border, else the top of the scale."""
    border = next_border(report)
    return report.scale.high if border is None else border


def gaps(report: Report) -> list[Gap]:
    """Return every indicator below the target, the costliest first."""
    goal = target(report)
    below = [
        Gap(indicator, value, goal, (goal - value) * indicator.value.share)
        for indicator, value in rated(report)
        if value < goal
    ]
    return sorted(below, key=lambda gap: -gap.points)


def next_steps(report: Report, count: int) -> list[Indicator]:
    """Return the indicators whose next step comes first: what blocks the next level, then the most gain for the effort.

    A step whose prerequisites are not met follows the ones that are.
    """
    blocking = {blocker.name for gate in report.gates for blocker in gate.blockers}
    able = [indicator for indicator in report.indicators if indicator.step and indicator.step.action]
    return sorted(able, key=lambda indicator: _order(indicator, blocking))[:count]


def _order(indicator: Indicator, blocking: set[str]) -> tuple[bool, bool, float]:
    step = indicator.step
    if step is None:
        return True, True, 0.0
    ready = all(need.met for need in step.needs)
    worth = (step.gain if step.gain is not None else indicator.value.share) / (step.effort or 3)
    return indicator.value.name not in blocking, not ready, -worth


def headline_figures(report: Report, count: int) -> list[Indicator]:
    """Return the measured figures that weigh most, for the summary."""
    measured = [
        indicator for indicator in report.indicators if indicator.measured and indicator.value.value is not None
    ]
    return sorted(measured, key=lambda indicator: -indicator.value.share)[:count]
