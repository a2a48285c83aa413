"""What a questionnaire means to the engine: the compiled model, without any text.

The reader of questionnaires builds a `Model`; the engine reads nothing else. Ids are those of the questionnaire, values lie on
`Scale`, weights are as declared. Formulas and conditions are source strings in the language of `scoring.formula`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

AggregationKind = Literal["arithmetic", "geometric", "harmonic", "minimum", "lead"]
InputKind = Literal["ladder", "checklist", "number", "choice", "multi-choice", "text", "date", "file", "table"]
NormalisationKind = Literal["goalposts", "min-max", "z-score", "rank", "distance-to-target"]
WeightsKind = Literal["given", "equal", "entropy"]
ImputationKind = Literal["none", "mean", "median"]
Outcome = Literal["level", "index", "measured"]
Remedy = Literal["zero", "not-applicable", "ask", "substitute"]
CellKind = Literal["number", "choice", "text"]
Severity = Literal["error", "explain", "warning"]
GateKind = Literal["veto", "cap-domain", "cap-key", "cap-steps", "expect"]


@dataclass(frozen=True, slots=True)
class Scale:
    """The closed range on which every indicator and node value lies."""

    min: float
    max: float

    @property
    def width(self) -> float:
        return self.max - self.min


@dataclass(frozen=True, slots=True)
class Level:
    """A level; `lower` is the lower border of its band (half open), None where gates alone decide."""

    number: int
    lower: float | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a choice; `value` is None where it is unscored."""

    id: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a checklist group."""

    id: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """Clauses that may become not applicable together."""

    id: str
    clauses: tuple[Clause, ...]
    na_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `when` false means that its cells are not asked.

    `year` is that of its figures (0 the reporting year, -1 the year before). Cells of a choice take one of `options`, those of a text are
    at most `max_length` long; both are unscored. Cells of a column that is not `required` may stay blank.
    """

    id: str
    when: str | None = None
    year: int | None = None
    kind: CellKind = "number"
    required: bool = True
    options: tuple[str, ...] = ()
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An input. Only the fields of its kind are filled.

    `minimum` and `maximum` bound a number, every cell of a table, or how many options of a multi-choice are picked; `row_bounds` are a
    table row's own bounds (row id to minimum and maximum), `row_whens` the conditions of rows that are not always asked. `earliest` and
    `latest` bound a date (ISO); `exclusive` options stand alone. `links` are the slots (the number itself, cells of the table) whose figure
    another submitted result may give.
    """

    id: str
    kind: InputKind
    required: bool = True
    na_allowed: bool = False
    when: str | None = None
    levels: int = 0
    groups: tuple[ClauseGroup, ...] = ()
    options: tuple[Option, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    row_bounds: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)
    row_whens: dict[str, str] = field(default_factory=dict)
    exclusive: tuple[str, ...] = ()
    max_length: int | None = None
    earliest: str | None = None
    latest: str | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Breakpoints:
    """Piecewise linear from raw values (strictly increasing) to scale values (monotonic), clamped outside."""

    raw: tuple[float, ...]
    value: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Goalposts:
    """Linear, or in logarithms, from the scale's minimum at `start` to its maximum at `end`, clamped. Either may name a parameter."""

    start: float | str
    end: float | str
    log: bool = False


Rule = Breakpoints | Goalposts | None


@dataclass(frozen=True, slots=True)
class Undefined:
    """What happens when `when` holds: the first that matches wins."""

    when: str
    then: Remedy
    question: str | None = None
    formula: str | None = None
    rule: Rule = None


@dataclass(frozen=True, slots=True)
class Link:
    """A measure of another submitted result; the indicator's formula is the fall-back."""

    slug: str
    measure: str


@dataclass(frozen=True, slots=True)
class Normalisation:
    """How an indicator gets onto the scale in an index of many units.

    `goalposts` is by its own rule and needs no other unit. `lower` is better and `log` are as stated or as its rule says; `target` is
    for distance-to-target, `mean` and `sd` for z-score.
    """

    kind: NormalisationKind = "goalposts"
    lower: bool = False
    log: bool = False
    target: float | None = None
    mean: float | None = None
    sd: float | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """How many units become an index: where weights come from, the share of its weight that a node needs, the dimensions to couple."""

    weights: WeightsKind = "given"
    availability: float = 1.0
    coupling: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A leaf of the tree. Its raw value comes from a question or a formula, its value through `rule`."""

    id: str
    parent: str
    weight: float
    question: str | None = None
    formula: str | None = None
    link: Link | None = None
    rule: Rule = None
    undefined: tuple[Undefined, ...] = ()
    when: str | None = None
    normalisation: Normalisation = field(default_factory=Normalisation)
    imputation: ImputationKind = "none"


@dataclass(frozen=True, slots=True)
class Lead:
    """The parameters of the `lead` aggregation: each group's share question, the question of the declared leader, the lead's weight."""

    shares: dict[str, str]
    declared: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class Aggregation:
    """How a node's value comes from its children's."""

    kind: AggregationKind = "arithmetic"
    floor: float | None = None
    lead: Lead | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """An inner node: the total (`parent` None, id `total`), a dimension, a domain or a group."""

    id: str
    kind: Literal["total", "dimension", "domain", "group"]
    parent: str | None
    weight: float
    aggregation: Aggregation = field(default_factory=Aggregation)
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of `cap-steps`: level `level` needs each node at or above `floor`."""

    level: int
    nodes: tuple[str, ...]
    floor: float


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate. `condition` is the hit of a veto or what an expectation holds; `floor` a formula in `level`."""

    id: str
    kind: GateKind
    condition: str | None = None
    level: int | None = None
    floor: str | None = None
    min_weight: float | None = None
    nodes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that is worked out but not scored: one year of a measure by years, or a single value (`year` None).

    `id` is `FAMILY.yK` for K years before the reporting year, or the family's own; the family's id stands for the reporting year. Each of
    `undefined` is a condition under which there is no value.
    """

    id: str
    family: str
    formula: str
    year: int | None = None
    when: str | None = None
    growth: Literal["relative", "difference"] | None = None
    undefined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consistency:
    """What must hold between answers, in one year or in none; `at` is where it is shown."""

    id: str
    severity: Severity
    holds: str
    year: int | None = None
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a parameter from a reporting year on, for some industries or (none named) for all others."""

    since: int
    value: float
    industries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated constant; at least one entry is for all industries."""

    id: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A questionnaire as the engine sees it. `nodes` and `indicators` are in the questionnaire's order, parents before children.

    A section's `when` is already joined (by `and`) to that of its questions, groups, indicators and measures. A model that only measures
    has no nodes but the total, which is never shown, and no indicators.
    """

    slug: str
    version: str
    digest: str
    outcome: Outcome
    scale: Scale
    total_weight: float
    degrees: dict[str, float]
    levels: tuple[Level, ...]
    questions: tuple[Question, ...]
    nodes: tuple[Node, ...]
    indicators: tuple[Indicator, ...]
    gates: tuple[Gate, ...]
    na_ceiling: float
    decimals: int = 2
    index: Index = field(default_factory=Index)
    measures: tuple[Measure, ...] = ()
    consistency: tuple[Consistency, ...] = ()
    parameters: tuple[Parameter, ...] = ()

    @property
    def needs_units(self) -> bool:
        """Whether an indicator is normalised among many units, so that a single assessment has no score."""
        return any(indicator.normalisation.kind != "goalposts" for indicator in self.indicators)

    @property
    def is_scored(self) -> bool:
        """Whether there is anything below the total."""
        return len(self.nodes) > 1
