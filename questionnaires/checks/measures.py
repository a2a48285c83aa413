"""Measures, consistency rules, charts, years and parameters: keys that need or exclude one another, and names beyond the references."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from questionnaires.entries import Entry
from questionnaires.faults import Fault
from questionnaires.references import unknown
from questionnaires.text import Text
from questionnaires.types import (
    AnyChart,
    Column,
    Composition,
    Consistency,
    Measure,
    Parameter,
    Questionnaire,
    Table,
    TableLink,
    Waterfall,
)
from questionnaires.years import Years, timed

from .parts import exactly_one, misplaced, missing

SCORED = ("total", "scale", "na_ceiling", "dimensions")
ONLY_MEASURED = Text("outcome 是 measured，没有评分维度", "the outcome is measured, without dimensions")
NO_YEARS = Text("没有给出 years", "there are no years")
NOT_A_CHOICE = Text("列的 kind 不是 choice", "the column is not of kind choice")
NOT_TEXT = Text("列的 kind 不是 text", "the column is not of kind text")
NO_YEARLY = Text("没有一列给出 year", "no column has a year")
NO_FIGURES = Text("列里不是数值", "the column holds no figures")


def measures_are_whole(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for everything that measures, rules, charts, tables by year and parameters lack or have too much."""
    if questionnaire.outcome == "measured":
        yield from misplaced(questionnaire, SCORED, ONLY_MEASURED)
    else:
        written = questionnaire.place.value if isinstance(questionnaire.place.value, dict) else {}
        yield from (missing(questionnaire, key) for key in SCORED if key not in written)
    for table in questionnaire.questions.values():
        if isinstance(table, Table):
            yield from _table(table)
    for measure in questionnaire.measures.values():
        yield from _years(measure)
        if not measure.years:
            yield from misplaced(measure, ("growth",), NO_YEARS)
    places = _places(questionnaire)
    for rule in questionnaire.consistency.values():
        yield from (*_years(rule), *_at(rule, places, Years(questionnaire)))
    for chart in questionnaire.charts:
        yield from _chart(chart)
    for parameter in questionnaire.parameters:
        yield from _parameter(parameter)


def _years(part: Measure | Consistency) -> Iterator[Fault]:
    """Yield a fault unless the years run back from the reporting year without a gap."""
    if part.years != tuple(-step for step in range(len(part.years))):
        yield part.place.at("years").fault("years", found=_listed(part.years), expected="[0, -1, -2, …]")


def _table(table: Table) -> Iterator[Fault]:
    years = [column.year for column in table.columns if column.year is not None]
    if table.link:
        yield from _link(table, table.link)
    for column in table.columns:
        yield from _column(column)
        if column.year is not None and years.count(column.year) > 1:
            yield column.place.at("year").fault("years", found=_listed(years), expected="[0, -1, -2, …]")
            years.remove(column.year)


def _link(table: Table, link: TableLink) -> Iterator[Fault]:
    """Yield a fault for every linked row that there is not, and for a link that reaches no column."""
    rows = {row.id for row in table.rows}
    yield from (unknown(link.place.at("rows").at(row), "table-row", row, rows) for row in link.rows if row not in rows)
    if all(column.year is None for column in table.columns):
        yield from misplaced(table, ("link",), NO_YEARLY)


def _column(column: Column) -> Iterator[Fault]:
    if column.kind == "choice" and not column.options:
        yield missing(column, "options")
    if column.kind != "choice":
        yield from misplaced(column, ("options",), NOT_A_CHOICE)
    if column.kind != "text":
        yield from misplaced(column, ("max_length",), NOT_TEXT)
    if column.kind != "number":
        yield from misplaced(column, ("year",), NO_FIGURES)


def _places(questionnaire: Questionnaire) -> set[str]:
    """Return what a rule can be shown at."""
    tables = [one for one in questionnaire.questions.values() if isinstance(one, Table)]
    parts = (
        [f"{t.id}.{row.id}", *(f"{t.id}.{row.id}.{column.id}" for column in t.columns)]
        for t in tables
        for row in t.rows
    )
    columns = (f"{t.id}.{column.id}" for t in tables for column in t.columns)
    return {*questionnaire.questions, *columns, *chain.from_iterable(parts)}


def _at(rule: Consistency, places: set[str], years: Years) -> Iterator[Fault]:
    """Yield a fault for each place that is no question or part of a table, or has a year where the rule has none."""
    for index, at in enumerate(rule.at):
        place = rule.place.at("at", index)
        if "[" in at:
            yield from _timed(place, at, rule, years)
        elif at not in places:
            yield unknown(place, "place", at, places)


def _timed(place: Entry, at: str, rule: Consistency, years: Years) -> Iterator[Fault]:
    if not rule.years:
        yield place.fault("no-years", source=at)
    elif not timed(at):
        yield unknown(place, "place", at, set(years))
    yield from (unknown(place, "yearly", name, set(years)) for name in years.strangers(at))


def _chart(chart: AnyChart) -> Iterator[Fault]:
    if isinstance(chart, Composition):
        yield from exactly_one(chart, ("table", "measures"))
    if isinstance(chart, Waterfall):
        yield from (fault for step in chart.steps for fault in exactly_one(step, ("measure", "row")))
        signs = [step.sign for step in chart.steps]
        if signs[0] != "start" or signs[-1] != "end" or "start" in signs[1:]:
            yield chart.place.at("steps").fault("chart-steps", found=" → ".join(signs))


def _parameter(parameter: Parameter) -> Iterator[Fault]:
    """Yield a fault unless one entry is for all industries and no two are for the same industry from the same year."""
    if all(value.industries for value in parameter.values):
        yield parameter.place.at("values").fault("parameter-general", id=parameter.id)
    seen: set[tuple[int, str]] = set()
    for value in parameter.values:
        for industry in value.industries or ("",):
            if (value.since, industry) in seen:
                yield value.place.fault("parameter-twice", id=parameter.id, since=value.since, industry=industry or "–")
            seen.add((value.since, industry))


def _listed(years: tuple[int, ...] | list[int]) -> str:
    return ", ".join(map(str, years))
