"""Everything a report says, as plain frozen values in one language.

Nothing here knows a questionnaire or a database: whoever builds a `Report` has already chosen the words, put answers into text and looked
up names. Scores and weights stay numbers, on `Scale`; figures in other units are text. Empty strings and tuples mean "there is none".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from reports.measured import Constant, Finding, Framework, Group, Headline, Origin

Language = Literal["zh", "en"]
State = Literal["valued", "missing", "not-applicable", "out-of-scope"]
OutcomeKind = Literal["vetoed", "incomplete", "not-rateable", "level", "index", "measured"]
Verdict = Literal["met", "not-met", "hit", "not-hit", "open", "skipped"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """The questionnaire: what it is called, which version exactly, and where it comes from."""

    slug: str
    version: str
    digest: str
    date: str
    title: str
    summary: str
    provenance: Literal["tool-derived", "standard", "policy"]
    source: str
    source_edition: str
    edition: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is evaluated, for which year and within which scope."""

    name: str
    year: int
    scope: Literal["entity", "consolidated"]
    audited: bool
    entities: str = ""
    facts: tuple[Fact, ...] = ()
    illustrative: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What act the report rests on. Without `submitted_at` it was made from a file and nothing was submitted."""

    made_at: datetime
    engine_version: str
    number: str = ""
    submitted_at: datetime | None = None
    pledged_by: str = ""
    superseded: bool = False
    outdated: tuple[tuple[str, str], ...] = ()
    """Submissions that figures were read from and that were corrected since, with what took their place."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The range of every value and the decimals that are shown."""

    low: float
    high: float
    decimals: int


@dataclass(frozen=True, slots=True)
class Level:
    """A level, ascending from 0 (none); `lower` is the border of its band, None where gates alone decide."""

    number: int
    name: str
    meaning: str
    lower: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result as a whole, as in `scoring.result.Result`."""

    kind: OutcomeKind
    score: float | None
    interval: tuple[float, float] | None
    na_as_zero: float | None
    level: int | None
    band_level: int | None
    level_interval: tuple[int, int] | None
    margin_above: float | None
    margin_to_next: float | None
    na_share: float
    na_ceiling: float

    @property
    def provisional(self) -> bool:
        """Whether answers are missing, so that only intervals can be stated."""
        return self.kind == "incomplete" or (self.score is None and self.kind != "measured")


@dataclass(frozen=True, slots=True)
class Value:
    """A node of the tree with its score. `share` is its part of the total weight after redistribution, `contribution` its points.

    Contributions of siblings are rounded so that those shown add up to that of their parent.
    """

    id: str
    name: str
    state: State
    value: float | None
    interval: tuple[float, float] | None
    weight: float
    share: float
    contribution: float | None
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A prerequisite of a step: another indicator at a level, and whether the answers already meet it."""

    name: str
    level: int
    met: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next for one indicator; `gain` is what it adds to the score when fully done, None where that depends on other values."""

    level: int
    action: str
    effort: int | None
    gain: float | None
    needs: tuple[Need, ...] = ()
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A leaf: its score, the figure measured (with unit) or the words chosen, its parts (groups of a checklist) and the next step."""

    value: Value
    measured: str = ""
    chosen: str = ""
    parts: tuple[Value, ...] = ()
    step: Step | None = None
    group: Value | None = None
    """The group of the domain that it stands in, if any."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A consultant's words on a part: what it asks, why it matters, how weak and strong look."""

    asks: str
    why: str
    weak: str
    strong: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain with its indicators in scope and its finding for the band it is in (empty while open)."""

    value: Value
    indicators: tuple[Indicator, ...]
    finding: str = ""
    reading: Reading | None = None
    out_of_scope: tuple[str, ...] = ()
    """The names of what was not asked: whole groups by their own, other indicators by theirs."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension with its domains."""

    value: Value
    domains: tuple[Domain, ...]
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Blocker:
    """A node that keeps a level away: its value (None if missing) and what is needed."""

    name: str
    value: float | None
    needed: float


@dataclass(frozen=True, slots=True)
class Gate:
    """A rule on the level, in words, with its verdict; `held` is the highest level that a cap allows."""

    id: str
    kind: str
    name: str
    text: str
    verdict: Verdict
    held: int | None = None
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True)
class StandardNode:
    """A node of the standards system: whether it is asked, how strong the enterprise is there, how many of its topics are addressed."""

    code: str
    name: str
    depth: int
    asked: bool
    state: State
    value: float | None
    topics: int
    addressed: int
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Figures by row and column, as text; the `unit` that all share, and the places of the columns of `words`, from 1."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    unit: str = ""
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a checklist: the group it belongs to, its text, and how far it is met (or why the group does not apply)."""

    group: str
    text: str
    degree: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what was answered: `text` in short, `statement` what was asserted, `clauses` or `grid` where it has parts."""

    id: str
    name: str
    state: Literal["answered", "missing", "not-applicable", "optional"]
    text: str = ""
    statement: str = ""
    clauses: tuple[Clause, ...] = ()
    grid: Grid | None = None
    note: str = ""
    scored: bool = True


@dataclass(frozen=True, slots=True)
class Computation:
    """A computed figure: its definition, the formula with the numbers put in, the result with its unit, and its value on the scale."""

    id: str
    name: str
    definition: str
    formula: str
    result: str
    value: float | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one page of the form, and what was computed from them."""

    title: str
    answers: tuple[Answer, ...]
    computations: tuple[Computation, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """How a figure becomes a value: the points, and on what they rest."""

    id: str
    name: str
    points: str
    basis: Literal["policy", "expert-judgement", "statistic", ""]
    reasoning: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """How the score comes about."""

    total: float
    aggregation: str
    degrees: tuple[Fact, ...]
    thresholds: tuple[Threshold, ...]
    references: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A required question without its whole answer, the page where it stands, and how many parts of it are missing."""

    name: str
    section: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `frozen` is the JSON that goes into the file as its attachment, byte for byte."""

    language: Language
    instrument: Instrument
    subject: Subject
    standing: Standing
    scale: Scale
    levels: tuple[Level, ...]
    outcome: Outcome
    dimensions: tuple[Dimension, ...]
    gates: tuple[Gate, ...]
    missing: tuple[Missing, ...]
    standards: tuple[StandardNode, ...]
    sections: tuple[Section, ...]
    method: Method
    frozen: bytes
    groups: tuple[Group, ...] = ()
    """What was measured, by section."""
    headlines: tuple[Headline, ...] = ()
    findings: tuple[Finding, ...] = ()
    constants: tuple[Constant, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    origins: tuple[Origin, ...] = ()

    @property
    def domains(self) -> tuple[Domain, ...]:
        """Every domain in order."""
        return tuple(domain for dimension in self.dimensions for domain in dimension.domains)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator in order."""
        return tuple(indicator for domain in self.domains for indicator in domain.indicators)
