from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from questionnaires.checks.ids import asked_by
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
    if part.goalposts and not _spans(part.goalposts):
        place = part.place.at("goalposts")
        yield place.fault("goalposts", start=f"{part.goalposts.start:g}", end=f"{part.goalposts.end:g}")


def _spans(posts: Goalposts) -> bool:
    return posts.start != posts.end and not (posts.log and min(posts.start, posts.end) <= 0)


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
