from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from questionnaires.checks.ids import asked_by
from questionnaires.compiling import parameters
from questionnaires.description import Record
from questionnaires.entries import Entry
from questionnaires.faults import Fault
from questionnaires.types import (
    CapSteps,
    Checklist,
    Choice,
    Day,
    Goalposts,
    Indicator,
    Ladder,
    MultiChoice,
    Number,
    Questionnaire,
    Row,
    Substitute,
    Table,
)
from scoring.parameters import entry_of


def bands_ascend(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield faults of the scale, the levels' numbers and borders, and the degrees."""
    scale, levels = questionnaire.scale, questionnaire.levels
    if scale.min >= scale.max:
        yield _range(scale.place, scale.min, scale.max)
    numbers = [level.number for level in levels]
    if numbers != list(range(len(numbers))):
        yield questionnaire.place.at("levels").fault("level-numbers", found=_listed(numbers))
    borders = [level.lower for level in levels if level.lower is not None]
    complete = len(borders) in {0, len(levels) - 1} and not (levels and levels[0].lower is not None)
    if not _increasing(borders) or (levels and not complete):
        yield questionnaire.place.at("levels").fault("bands", found=_listed(borders))
    yield from (
        _outside(questionnaire, level.lower, level.place.at("from"))
        for level in levels
        if _off(questionnaire, level.lower)
    )
    yield from _degrees(questionnaire)


def _degrees(questionnaire: Questionnaire) -> Iterator[Fault]:
    values = [degree.value for degree in questionnaire.degrees]
    asked = questionnaire.questions.values()
    needed = any(isinstance(question, Ladder | Checklist) for question in asked)
    if needed and (not _increasing(values) or values[-1:] != [1]):
        yield questionnaire.place.at("degrees").fault("degrees", found=_listed(values))


def values_fit(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield faults of rules that put values on the scale, and of bounds."""
    for indicator in questionnaire.indicators.values():
        yield from _rule(questionnaire, indicator)
        for rule in indicator.undefined:
            if isinstance(rule, Substitute):
                yield from _rule(questionnaire, rule)
        if not indicator.breakpoints and not indicator.goalposts:
            yield from _options(questionnaire, indicator)
    for section in questionnaire.sections:
        for question in section.asked:
            yield from _bounds(question)
    for gate in questionnaire.gates:
        if isinstance(gate, CapSteps):
            yield from _floors(questionnaire, gate)


def _rule(questionnaire: Questionnaire, part: Indicator | Substitute) -> Iterator[Fault]:
    raw = [point[0] for point in part.breakpoints]
    values = [point[1] for point in part.breakpoints]
    if not _increasing(raw) or not (_rising(values) or _rising(values[::-1])):
        shown = ", ".join(f"{first:g}→{second:g}" for first, second in part.breakpoints)
        yield part.place.at("breakpoints").fault("breakpoints", found=shown)
    for index, value in enumerate(values):
        if _off(questionnaire, value):
            yield _outside(questionnaire, value, part.place.at("breakpoints", index))
    if part.goalposts:
        wrong = next((pair for pair in _posts(questionnaire, part.goalposts) if not _spans(pair, part.goalposts)), None)
        if wrong:
            yield part.place.at("goalposts").fault("goalposts", start=f"{wrong[0]:g}", end=f"{wrong[1]:g}")


def _spans(pair: tuple[float, float], posts: Goalposts) -> bool:
    return pair[0] != pair[1] and not (posts.log and min(pair) <= 0)


def _posts(questionnaire: Questionnaire, posts: Goalposts) -> Iterator[tuple[float, float]]:
    """Yield the pairs of start and end in every year and industry that the parameters they name tell apart."""
    known = {one.id: one for one in parameters(questionnaire) if one.id in (posts.start, posts.end)}
    entries = [entry for one in known.values() for entry in one.entries]
    cases = {(entry.since, industry) for entry in entries for industry in (None, *entry.industries)}
    ends = (posts.start, posts.end)
    if all(isinstance(post, float) or post in known for post in ends):
        for year, industry in sorted(cases, key=str) or [(0, None)]:
            start, end = (p if isinstance(p, float) else entry_of(known[p], year, industry).value for p in ends)
            yield start, end


def _options(questionnaire: Questionnaire, indicator: Indicator) -> Iterator[Fault]:
    question = asked_by(questionnaire, indicator)
    if isinstance(question, Choice):
        for option in questionnaire.options(question):
            if _off(questionnaire, option.value):
                yield _outside(questionnaire, option.value, option.place.at("value"))
    if isinstance(question, MultiChoice):
        values = sorted((option.value or 0 for option in questionnaire.options(question)), reverse=True)
        most = sum(value for value in values[: question.max] if value > 0)
        if _off(questionnaire, most):
            yield _outside(questionnaire, most, question.place)


def _bounds(question: Record) -> Iterator[Fault]:
    parts: tuple[Record, ...] = (question, *question.rows) if isinstance(question, Table) else (question,)
    for part in parts:
        if isinstance(part, Number | MultiChoice | Table | Row) and part.min is not None and part.max is not None:
            if part.min > part.max:
                yield _range(part.place.at("min"), part.min, part.max)
        elif isinstance(part, Day) and part.min and part.max and part.min > part.max:
            yield part.place.at("min").fault("min-max", low=part.min, high=part.max)


def _floors(questionnaire: Questionnaire, gate: CapSteps) -> Iterator[Fault]:
    for step in gate.steps:
        if _off(questionnaire, step.floor):
            yield _outside(questionnaire, step.floor, step.place.at("floor"))


def _off(questionnaire: Questionnaire, value: float | None) -> bool:
    return value is not None and not questionnaire.scale.min <= value <= questionnaire.scale.max


def _outside(questionnaire: Questionnaire, value: float | None, place: Entry) -> Fault:
    scale = questionnaire.scale
    return place.fault("value-range", found=f"{value:g}", low=f"{scale.min:g}", high=f"{scale.max:g}")


def _range(place: Entry, low: float, high: float) -> Fault:
    return place.fault("min-max", low=f"{low:g}", high=f"{high:g}")


def _increasing(values: Iterable[float]) -> bool:
    return all(first < second for first, second in pairwise(values))


def _rising(values: Iterable[float]) -> bool:
    return all(first <= second for first, second in pairwise(values))


def _listed(values: Iterable[float]) -> str:
    return ", ".join(f"{value:g}" for value in values) or "–"
