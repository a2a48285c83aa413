"""What a questionnaire measures without scoring it, what must hold between answers, and the charts of the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from questionnaires.description import Length, Record, Within
from questionnaires.text import Text

from .words import ConditionOfYears, Decimals, FormulaOfYears, Id, MeasureRef, PlaceRef, QuestionRef, RowRef, Year


@dataclass(frozen=True, kw_only=True)
class Gap(Record):
    """A condition under which a measure has no value, and why."""

    when: ConditionOfYears
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Measure(Record):
    """A number worked out from the answers: one a year (0 the reporting year, -1 the year before), or one."""

    id: Id
    name: Text
    definition: Text
    formula: FormulaOfYears
    unit: Text
    years: Annotated[tuple[Year, ...], Length(1)] = ()
    decimals: Decimals = 2
    when: ConditionOfYears | None = None
    growth: Literal["relative", "difference"] | None = None
    undefined: tuple[Gap, ...] = ()

    @property
    def ids(self) -> dict[int | None, str]:
        """The id of each year's value, by year; None stands for a measure that is not by years."""
        return {year: f"{self.id}.y{-year}" for year in self.years} or {None: self.id}


@dataclass(frozen=True, kw_only=True)
class Consistency(Record):
    """What must hold between answers; `at` are the questions, rows, columns and cells where it is shown when it does not."""

    id: Id
    severity: Literal["error", "explain", "warning"]
    holds: ConditionOfYears
    at: Annotated[tuple[PlaceRef, ...], Length(1)]
    text: Text
    mend: Text
    years: Annotated[tuple[Year, ...], Length(1)] = ()


@dataclass(frozen=True, kw_only=True)
class Chart(Record):
    """What every chart has."""

    id: Id
    title: Text


@dataclass(frozen=True, kw_only=True)
class WaterfallStep(Record):
    """A step of the way: what it starts with, what is added and taken away, and the totals reached, the last at its end.

    It shows a `measure`, of the chart's year or (by its id in a year) of one of its own, or a table's `row` (`TABLE.ROW`).
    """

    sign: Literal["start", "plus", "minus", "end"]
    measure: MeasureRef | None = None
    row: RowRef | None = None
    label: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Waterfall(Chart):
    """The way from one measure to another in one year."""

    kind: Literal["waterfall"] = "waterfall"
    steps: Annotated[tuple[WaterfallStep, ...], Length(2)]
    year: Annotated[int, Within(high=0)] = 0


@dataclass(frozen=True, kw_only=True)
class Series(Chart):
    """Measures over the years."""

    kind: Literal["series"] = "series"
    measures: Annotated[tuple[MeasureRef, ...], Length(1)]


@dataclass(frozen=True, kw_only=True)
class Composition(Chart):
    """What something is made of, by year: the rows of a table, or measures."""

    kind: Literal["composition"] = "composition"
    table: QuestionRef | None = None
    measures: tuple[MeasureRef, ...] = ()


AnyChart: TypeAlias = Waterfall | Series | Composition
