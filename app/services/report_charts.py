"""The charts that a questionnaire asks for, with the figures of one result put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal, cast

from app.i18n import Translator
from app.services.measure_words import figure
from app.services.numbers import grouped
from app.services.report_source import Source
from questionnaires.types import Composition, Measure, Row, Section, Series, Table, Waterfall, WaterfallStep
from reports import measured
from scoring.display import displayed


def charts(source: Source, section: Section, translator: Translator) -> Iterator[measured.Chart]:
    """Yield the charts of a section that there are figures for."""
    drawer = _Drawer(source, translator)
    for chart in section.charts:
        match chart:
            case Waterfall():
                drawn: measured.Chart | None = drawer.waterfall(chart)
            case Series():
                drawn = drawer.series(chart)
            case Composition():
                drawn = drawer.composition(chart)
        if drawn is not None:
            yield drawn


class _Drawer:
    def __init__(self, source: Source, translator: Translator) -> None:
        self.source = source
        self.questionnaire = source.questionnaire
        self.language = translator.language

    def waterfall(self, chart: Waterfall) -> measured.Waterfall | None:
        """Return the way with the steps in scope; None where one of them has no value, for then the sum would not be one."""
        steps = [self._step(step, chart.year) for step in chart.steps if self._in_scope(step, chart.year)]
        known = [step for step in steps if step is not None]
        if len(known) < len(steps) or len(known) < 2:
            return None
        return measured.Waterfall(
            chart.id,
            chart.title.get(self.language),
            self._unit_of_step(chart.steps[0]),
            self.source.year + chart.year,
            tuple(
                replace(step, figure=text)
                for step, text in zip(known, _even([one.figure for one in known]), strict=True)
            ),
        )

    def _name(self, step: WaterfallStep, year: int) -> str:
        name = step.measure or ""
        measure = self.questionnaire.measures.get(name)
        return name if measure is None else measure.ids.get(year, measure.id)

    def _in_scope(self, step: WaterfallStep, year: int) -> bool:
        if step.measure is None:
            return True
        return self.source.result.measures[self._name(step, year)].state != "out-of-scope"

    def _step(self, step: WaterfallStep, year: int) -> measured.Step | None:
        label = step.label.get(self.language) if step.label else ""
        if step.measure is None:
            return self._row_step(step, year, label)
        found = self.source.result.measures[self._name(step, year)]
        measure = self.questionnaire.measures[found.measure]
        if found.value is None:
            return None
        shown = figure(measure, found.value)
        return measured.Step(label or measure.name.get(self.language), _kind(step), found.value, shown)

    def _row_step(self, step: WaterfallStep, year: int, label: str) -> measured.Step | None:
        table, row = self._row(step.row or "")
        column = next((one.id for one in table.columns if one.year == year), "")
        cell = self.source.answers.get(table.id, {}).get(row.id, {}).get(column)
        if cell is None:
            return None
        return measured.Step(label or row.label.get(self.language), _kind(step), float(cell), grouped(cell))

    def _row(self, name: str) -> tuple[Table, Row]:
        table = cast(Table, self.questionnaire.questions[name.rpartition(".")[0]])
        return table, next(row for row in table.rows if row.id == name.rpartition(".")[2])

    def _unit_of_step(self, step: WaterfallStep) -> str:
        if step.measure is None:
            table, row = self._row(step.row or "")
            return (row.unit or table.unit).get(self.language)
        measures = self.questionnaire.measures
        return measures[self.source.result.measures[self._name(step, 0)].measure].unit.get(self.language)

    def series(self, chart: Series) -> measured.Series | None:
        """Return the measures of the first one's unit over the years; None where there is not a figure."""
        measures = [self.questionnaire.measures[name] for name in chart.measures]
        unit = measures[0].unit.get(self.language)
        values = {one: self._values(one) for one in measures if one.unit.get(self.language) == unit}
        years = _years(values.values())
        lines = tuple(self._line(one, found, years) for one, found in values.items() if found)
        title = chart.title.get(self.language)
        return measured.Series(chart.id, title, unit, self._calendar(years), lines) if lines else None

    def composition(self, chart: Composition) -> measured.Composition | None:
        """Return the parts that are not 0 in every year; None where there are none."""
        lines, years, unit = self._rows(chart.table) if chart.table else self._parts(chart.measures)
        kept = tuple(line for line in lines if any(line.values))
        if not kept:
            return None
        decimals = max((_decimals(text) for line in kept for text in line.figures), default=0)
        sums = [sum(line.values[place] or 0.0 for line in kept) for place in range(len(years))]
        totals = tuple(grouped(float(displayed(one, decimals)), decimals) for one in sums)
        title = chart.title.get(self.language)
        return measured.Composition(chart.id, title, unit, self._calendar(years), kept, totals)

    def _parts(self, names: Iterable[str]) -> tuple[list[measured.Line], list[int], str]:
        measures = [self.questionnaire.measures[name] for name in names]
        values = {one: self._values(one) for one in measures}
        years = _years(values.values())
        return (
            [self._line(one, found, years) for one, found in values.items()],
            years,
            measures[0].unit.get(self.language),
        )

    def _rows(self, name: str) -> tuple[list[measured.Line], list[int], str]:
        table = cast(Table, self.questionnaire.questions[name])
        given = self.source.answers.get(name)
        cells: Mapping[str, Mapping[str, float]] = given if isinstance(given, dict) and "na" not in given else {}
        columns = {one.id: one.year for one in table.columns if one.year is not None}
        rows = [row for row in table.rows if row.unit is None or row.unit == table.unit]
        values = {
            row: {columns[name]: float(cell) for name, cell in cells.get(row.id, {}).items() if name in columns}
            for row in rows
        }
        years = _years(values.values())
        lines = [
            measured.Line(
                row.label.get(self.language),
                tuple(found.get(year) for year in years),
                tuple(grouped(found[year]) if year in found else "–" for year in years),
            )
            for row, found in values.items()
        ]
        return lines, years, table.unit.get(self.language)

    def _values(self, measure: Measure) -> dict[int, float]:
        results = self.source.result.measures
        return {year or 0: value for year, name in measure.ids.items() if (value := results[name].value) is not None}

    def _line(self, measure: Measure, found: Mapping[int, float], years: Iterable[int]) -> measured.Line:
        shown = [(found[year], figure(measure, found[year])) if year in found else (None, "–") for year in years]
        return measured.Line(
            measure.name.get(self.language), tuple(value for value, _ in shown), _even([text for _, text in shown])
        )

    def _calendar(self, years: Iterable[int]) -> tuple[int, ...]:
        return tuple(self.source.year + year for year in years)


def _kind(step: WaterfallStep) -> Literal["total", "plus", "minus"]:
    return "plus" if step.sign == "plus" else "minus" if step.sign == "minus" else "total"


def _years(values: Iterable[Mapping[int, float]]) -> list[int]:
    return sorted({year for found in values for year in found})


def _even(figures: list[str]) -> tuple[str, ...]:
    """Leave out decimals that are 0 in all figures."""
    whole = all(not text.partition(".")[2].strip("0") for text in figures)
    return tuple(text.partition(".")[0] if whole else text for text in figures)


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])
