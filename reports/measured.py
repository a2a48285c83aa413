"""What a report says of figures that are measured and not scored: tables by year, charts, findings, constants, origins.

As in `reports.data`, everything is chosen and put into words already; numbers stand beside their text where a chart draws them. Years are
calendar years, None for what is not by years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Cell:
    """A measure in a year: its figure, how it grew over the year before, or why there is none."""

    year: int | None
    value: float | None
    figure: str = ""
    growth: str = ""
    reason: str = ""
    shown: str = ""
    """The figure with its unit."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A formula with the numbers of a year put in, and what it comes to with its unit."""

    year: int | None
    formula: str
    result: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its years, newest first."""

    id: str
    name: str
    definition: str
    unit: str
    cells: tuple[Cell, ...]
    worked: tuple[Worked, ...] = ()

    @property
    def latest(self) -> Cell:
        """The value of the newest year."""
        return self.cells[0]

    def at(self, year: int) -> Cell | None:
        """Return the value of a year."""
        return next((cell for cell in self.cells if cell.year == year), None)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a waterfall: a total reached, what is added (its value may be negative) or what is taken away."""

    label: str
    kind: Literal["total", "plus", "minus"]
    value: float
    figure: str


@dataclass(frozen=True, slots=True)
class Line:
    """A measure or part over the years of its chart, oldest first."""

    name: str
    values: tuple[float | None, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The way from one figure to another in one year."""

    id: str
    title: str
    unit: str
    year: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Measures over the years, oldest first."""

    id: str
    title: str
    unit: str
    years: tuple[int, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """What something consists of, by year, oldest first."""

    id: str
    title: str
    unit: str
    years: tuple[int, ...]
    parts: tuple[Line, ...]
    totals: tuple[str, ...]


Chart = Waterfall | Series | Composition


@dataclass(frozen=True, slots=True)
class Group:
    """The measures and charts of a section; `years` are the columns of its table, newest first."""

    id: str
    title: str
    intro: str
    years: tuple[int, ...]
    measures: tuple[Measure, ...]
    charts: tuple[Chart, ...] = ()
    lacking: tuple[str, ...] = ()
    """The names of the measures that wait for answers in every year."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A measure that stands for a result: what is shown along with it, and what measures their distance."""

    measure: Measure
    others: tuple[Measure, ...] = ()
    apart: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not fit together: what should hold, in which year, where, how to mend it, and the enterprise's own explanation."""

    id: str
    severity: Literal["error", "explain", "warning"]
    year: int | None
    text: str
    mend: str
    where: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """The entry of a dated parameter that counted: its value, since when, for which industries (all where empty), and its basis."""

    id: str
    name: str
    value: str
    since: int
    industries: str
    basis: Literal["policy", "expert-judgement", "statistic"]
    reasoning: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that a framework asks to disclose, and the indicators that answer it at least in part."""

    code: str
    name: str
    dimension: Literal["environment", "society", "governance"]
    indicators: tuple[str, ...] = ()
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework of disclosure with its topics in order."""

    name: str
    title: str
    topics: tuple[Topic, ...]

    @property
    def answered(self) -> int:
        """How many topics have an answer."""
        return sum(topic.answered for topic in self.topics)


@dataclass(frozen=True, slots=True)
class Origin:
    """A figure read from another submission; `own` is what this questionnaire's answers would give, `difference` how far that is off."""

    id: str
    name: str
    value: str
    questionnaire: str
    number: str
    day: str
    measure: str
    own: str = ""
    difference: str = ""
