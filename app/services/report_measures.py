"""Measures for a report: tables by year with growth and reasons, formulas with numbers, and which of them stand for the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.i18n import Translator
from app.services.answer_words import with_unit
from app.services.measure_words import figure, growth, without_value
from app.services.report_charts import charts
from app.services.report_source import Source
from app.services.worked import filled
from questionnaires import types
from reports import measured
from scoring.result import MeasureResult, TraceStep


def groups(source: Source, asked: frozenset[str], translator: Translator) -> tuple[measured.Group, ...]:
    """Return the sections that measure something, in order; only the years whose figures are `asked` count."""
    writer = _Writer(source, asked, translator)
    found = [writer.group(section) for section in source.questionnaire.sections]
    return tuple(one for one in found if one.measures or one.charts or one.lacking)


def headlines(source: Source, found: Iterable[measured.Group]) -> tuple[measured.Headline, ...]:
    """Return what the charts over the years show, the questionnaire's own choice of what matters: the first of each, with the others.

    What is worked out from the shown ones alone tells how far they are apart.
    """
    known = {one.id: one for group in found for one in group.measures}
    lines = [chart.measures for chart in source.questionnaire.charts if isinstance(chart, types.Series)]
    shown = [[known[name] for name in names if name in known and known[name].latest.figure] for names in lines]
    reads = {str(step.detail["measure"]): _read(step) for step in source.result.trace if step.rule == "measure"}
    return tuple(
        measured.Headline(
            first, tuple(others), tuple(known[name] for name in _apart(reads, [first, *others]) if name in known)
        )
        for first, *others in filter(None, shown)
    )


def _read(step: TraceStep) -> set[str]:
    return {name.rpartition(".y")[0] or name for name, _ in step.inputs}


def _apart(reads: dict[str, set[str]], shown: list[measured.Measure]) -> list[str]:
    names = {one.id for one in shown}
    return [name for name, inputs in reads.items() if len(names) > 1 and inputs == names]


class _Writer:
    def __init__(self, source: Source, asked: frozenset[str], translator: Translator) -> None:
        self.source = source
        self.asked = {
            column.year
            for table in source.questionnaire.questions.values()
            if isinstance(table, types.Table)
            for column in table.columns
            if column.year is not None and f"{table.id}.{column.id}" in asked
        }
        self.translator = translator
        self.language = translator.language
        self.steps = {step.id: step for step in source.result.trace if step.rule == "measure"}

    def group(self, section: types.Section) -> measured.Group:
        """Return a section's measures in scope, the years in which any of them has figures, and its charts."""
        shown = [one for one in section.measures if self._in_scope(one)]
        lacking = [one for one in shown if self._is_missing(one)]
        kept = [one for one in shown if one not in lacking]
        years = self._years(kept)
        return measured.Group(
            id=section.id,
            title=section.title.get(self.language),
            intro=section.intro.get(self.language) if section.intro and not section.questions else "",
            years=years,
            measures=tuple(self._measure(one, years) for one in kept),
            charts=tuple(charts(self.source, section, self.translator)),
            lacking=tuple(one.name.get(self.language) for one in lacking),
        )

    def _results(self, measure: types.Measure) -> list[MeasureResult]:
        return [self.source.result.measures[name] for name in measure.ids.values()]

    def _in_scope(self, measure: types.Measure) -> bool:
        return any(one.state != "out-of-scope" and one.reason != "no-year" for one in self._results(measure))

    def _is_missing(self, measure: types.Measure) -> bool:
        return {one.state for one in self._results(measure) if self._counts(one)} == {"missing"}

    def _years(self, measures: Iterable[types.Measure]) -> tuple[int, ...]:
        there = {
            one.year
            for measure in measures
            for one in self._results(measure)
            if one.year is not None and self._counts(one)
        }
        return tuple(sorted((self.source.year + year for year in there), reverse=True))

    def _measure(self, measure: types.Measure, years: tuple[int, ...]) -> measured.Measure:
        unit = measure.unit.get(self.language)
        cells = _plain([self._cell(measure, one) for one in self._results(measure)], unit)
        kept = [cell for cell in cells if cell.year is None or cell.year in years]
        return measured.Measure(
            id=measure.id,
            name=measure.name.get(self.language),
            definition=measure.definition.get(self.language),
            unit=unit,
            cells=tuple(sorted(kept, key=lambda cell: -(cell.year or 0))),
            worked=tuple(self._worked(measure, kept)),
        )

    def _cell(self, measure: types.Measure, one: MeasureResult) -> measured.Cell:
        year = None if one.year is None else self.source.year + one.year
        if one.value is None:
            return measured.Cell(year, None, reason=without_value(measure, one, self.translator))
        return measured.Cell(year, one.value, figure(measure, one.value), self._growth(measure, one))

    def _growth(self, measure: types.Measure, one: MeasureResult) -> str:
        if one.growth is None:
            return ""
        shown = growth(measure, one, self.translator)
        if measure.growth == "difference" and measure.unit.zh == "%":
            return str(self.translator.say("%(growth)s 个百分点", growth=shown))
        return shown

    def _worked(self, measure: types.Measure, cells: Iterable[measured.Cell]) -> Iterator[measured.Worked]:
        """Yield the formula of each year with its numbers, but for a figure that is only taken over."""
        for cell in cells:
            name = measure.ids[None if cell.year is None else cell.year - self.source.year]
            if cell.value is not None:
                formula = filled(self.source.questionnaire, self.steps[name], self.language, self.source.answers)
                if " " in formula:
                    yield measured.Worked(cell.year, formula, cell.shown)

    def _counts(self, one: MeasureResult) -> bool:
        known = one.state != "out-of-scope" and one.reason != "no-year"
        return known and (not self.asked or one.year in self.asked)


def _plain(cells: list[measured.Cell], unit: str) -> list[measured.Cell]:
    """Leave out decimals that are 0 in every year, and put the unit beside."""
    whole = all(not cell.figure.partition(".")[2].strip("0") for cell in cells)
    kept = [cell.figure.partition(".")[0] if whole else cell.figure for cell in cells]
    return [
        replace(cell, figure=figure, shown=with_unit(figure, unit) if figure else "")
        for cell, figure in zip(cells, kept, strict=True)
    ]
