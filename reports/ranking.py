"""What stands out: the strongest and weakest indicators, the gaps to the next level, the steps that move most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.data import Blocker, Clause, Indicator, Report
from reports.measured import Chart, Measure, Series, Waterfall

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


def blockers(report: Report) -> list[Blocker]:
    """Return what the conditions still ask for the next level, each once; what only a later level asks is not among it."""
    held = _held(report)
    holding = [gate for gate in report.gates if held is not None and gate.held is not None and gate.held <= held]
    return list({blocker.name: blocker for gate in holding for blocker in gate.blockers}.values())


def _held(report: Report) -> int | None:
    outcome = report.outcome
    return outcome.band_level if outcome.level is None else outcome.level


def next_steps(report: Report, count: int) -> list[Indicator]:
    """Return the indicators whose next step comes first: what blocks the next level, then the most gain for the effort.

    A step whose prerequisites are not met follows the ones that are, and a second step of a domain follows the first of the others.
    """
    wanted = blocking(report)
    turns = [pair for domain in report.domains for pair in _turns(domain.indicators, wanted)]
    ranked = sorted(turns, key=lambda pair: (pair[1].value.id not in wanted, pair[0], _order(pair[1])))
    return [indicator for _, indicator in ranked[:count]]


def blocking(report: Report) -> set[str]:
    """Return the ids of the indicators that a blocker of the next level names, or whose domain it names."""
    names = {blocker.name for blocker in blockers(report)}
    return {
        one.value.id
        for domain in report.domains
        for one in domain.indicators
        if domain.value.name in names or one.value.name in names
    }


def _turns(indicators: Iterable[Indicator], wanted: set[str]) -> list[tuple[int, Indicator]]:
    """Return the steps of a domain with their turn: those that block first, then by their order."""
    able = [one for one in indicators if one.step and one.step.action]
    return list(enumerate(sorted(able, key=lambda one: (one.value.id not in wanted, _order(one)))))


def _order(indicator: Indicator) -> tuple[bool, float]:
    step = indicator.step
    if step is None:
        return True, 0.0
    worth = (step.gain if step.gain is not None else indicator.value.share) / (step.effort or 3)
    return not all(need.met for need in step.needs), -worth


def open_clauses(report: Report, question: str) -> list[Clause]:
    """Return the clauses of a checklist that are not fully met, the least met first."""
    labels = [one.label for one in report.method.degrees]
    answers = [one for section in report.sections for one in section.answers if one.id == question]
    found = [
        clause for answer in answers for clause in answer.clauses if clause.text and clause.degree not in labels[-1:]
    ]
    return sorted(found, key=lambda clause: labels.index(clause.degree) if clause.degree in labels else -1)


def headline_figures(report: Report, count: int) -> list[Indicator]:
    """Return the measured figures that weigh most, for the summary."""
    measured = [
        indicator for indicator in report.indicators if indicator.measured and indicator.value.value is not None
    ]
    return sorted(measured, key=lambda indicator: -indicator.value.share)[:count]


def leading_charts(charts: Iterable[Chart]) -> list[Chart]:
    """Return the charts for the summary: the first way from one figure to another and the first over the years."""
    found = list(charts)
    ways = [chart for chart in found if isinstance(chart, Waterfall)]
    lines = [chart for chart in found if isinstance(chart, Series)]
    return [*lines[:1], *ways[:1]]


def key_figures(report: Report, count: int) -> list[Measure]:
    """Return the measures that stand for the result, then what tells how far they are from those beside them."""
    found = [one.measure for one in report.headlines] + [one.apart[-1] for one in report.headlines if one.apart]
    return [one for one in found if one.latest.figure][:count]
