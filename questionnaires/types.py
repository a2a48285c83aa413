"""A questionnaire with its texts, as frozen values. These classes are also the description of the files' keys; see `description`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from .description import Expression, InPlace, Length, Pattern, Record, Ref, Within
from .text import Text

__all__ = ["Text"]

ID = Pattern(
    "bad-id",
    r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*",
    Text("小写字母开头、用点分隔的标识，例如 a1.positioning", "a lower-case dotted id such as a1.positioning"),
)
WORD = Pattern(
    "bad-id",
    r"[a-z0-9][a-z0-9_]*",
    Text("一个小写单词，例如 some_of_it", "a single lower-case word such as some_of_it"),
)
SLUG = Pattern(
    "bad-id",
    r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
    Text("小写单词，用连字符相连，例如 input-output", "lower-case words joined by hyphens, such as input-output"),
)
VERSION = Pattern(
    "bad-id",
    r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}",
    Text('加引号的三段版本号，例如 "1.0.0"', 'a quoted version of three numbers, such as "1.0.0"'),
)
PARTIAL_DATE = Pattern(
    "bad-date",
    r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",
    Text('加引号的年、年-月或年-月-日，例如 "2023"', 'a quoted year, year-month or date, such as "2023"'),
)

Id: TypeAlias = Annotated[str, ID]
Word: TypeAlias = Annotated[str, WORD]
Slug: TypeAlias = Annotated[str, SLUG]
Version: TypeAlias = Annotated[str, VERSION]
Formula: TypeAlias = Annotated[str, Expression()]
Condition: TypeAlias = Annotated[str, Expression(condition=True)]
LevelFormula: TypeAlias = Annotated[str, Expression(local=frozenset({"level"}))]
IndicatorRef: TypeAlias = Annotated[str, Ref("indicator")]
LadderRef: TypeAlias = Annotated[str, Ref("ladder")]
QuestionRef: TypeAlias = Annotated[str, Ref("question")]
GroupRef: TypeAlias = Annotated[str, Ref("group")]
DimensionRef: TypeAlias = Annotated[str, Ref("dimension")]
ValueRef: TypeAlias = Annotated[str, Ref("value")]
AnswerSetRef: TypeAlias = Annotated[str, Ref("answer-set")]
CatalogueRef: TypeAlias = Annotated[str, Ref("node")]
TopicRef: TypeAlias = Annotated[str, Ref("topic")]
TermRef: TypeAlias = Annotated[str, Ref("term")]
ReferenceRef: TypeAlias = Annotated[str, Ref("reference")]
Weight: TypeAlias = Annotated[float, Within(low=0)]
LevelNumber: TypeAlias = Annotated[int, Within(low=0, high=100)]
Decimals: TypeAlias = Annotated[int, Within(low=0, high=9)]
AggregationKind: TypeAlias = Literal["arithmetic", "geometric", "minimum", "lead"]
Outcome: TypeAlias = Literal["level", "index", "measured"]


@dataclass(frozen=True, kw_only=True)
class Edition(Record):
    """What the edition is called and the notice printed on its results."""

    label: Text
    notice: Text


@dataclass(frozen=True, kw_only=True)
class Source(Record):
    """The document that the questionnaire answers to; `node` is its place in the catalogue."""

    title: Text
    edition: Text
    node: CatalogueRef | None = None


@dataclass(frozen=True, kw_only=True)
class Scale(Record):
    """The closed range on which every indicator and node value lies."""

    min: float
    max: float


@dataclass(frozen=True, kw_only=True)
class Degree(Record):
    """How far a ladder level or a clause is met."""

    id: Word
    value: Annotated[float, Within(over=0, high=1)]
    label: Text


@dataclass(frozen=True, kw_only=True)
class Level(Record):
    """A level of the outcome; `lower` is the lower border of its band (half open)."""

    number: LevelNumber
    name: Text
    meaning: Text
    lower: float | None = field(default=None, metadata={"key": "from"})


@dataclass(frozen=True, kw_only=True)
class Reading(Record):
    """A consultant's words on a dimension or domain."""

    asks: Text
    why: Text
    weak: Text
    strong: Text


@dataclass(frozen=True, kw_only=True)
class Aggregation(Record):
    """How a node's value comes from its children's; written as the kind alone or as a mapping."""

    SHORT = "kind"
    kind: AggregationKind = "arithmetic"
    floor: float | None = None
    shares: Mapping[GroupRef, QuestionRef] = field(default_factory=dict)
    declared: QuestionRef | None = None
    weight: Annotated[float, Within(low=0, high=1)] | None = None


@dataclass(frozen=True, kw_only=True)
class Dimension(Record):
    """The first layer below the total."""

    id: Id
    name: Text
    weight: Weight
    aggregation: Aggregation = Aggregation()
    reading: Reading | None = None


@dataclass(frozen=True, kw_only=True)
class Option(Record):
    """An option of a choice; `value` is None where it is unscored."""

    id: Word
    label: Text
    value: float | None = None
    help: Text | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerSet(Record):
    """Options that several choices share."""

    id: Word
    options: Annotated[tuple[Option, ...], Length(2)]


@dataclass(frozen=True, kw_only=True)
class Reference(Record):
    """A source that a basis or a gate may name."""

    id: Word
    title: Text
    date: Annotated[str, PARTIAL_DATE] | None = None


@dataclass(frozen=True, kw_only=True)
class Basis(Record):
    """Where a threshold comes from; printed beside it."""

    kind: Literal["policy", "expert-judgement", "statistic"]
    text: Text
    references: tuple[ReferenceRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Need(Record):
    """A prerequisite: another indicator's ladder at a level."""

    indicator: LadderRef
    level: LevelNumber


@dataclass(frozen=True, kw_only=True)
class LadderLevel(Record):
    """A level of a ladder: what it asserts, what proves it, and what to do to get there."""

    statement: Text
    evidence: Text | None = None
    action: Text | None = None
    effort: Annotated[int, Within(low=1, high=5)] | None = None
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Clause(Record):
    """A clause of a checklist group."""

    id: Word
    text: Text
    weight: Weight = 1.0


@dataclass(frozen=True, kw_only=True)
class ClauseGroup(Record):
    """Clauses that may become not applicable together."""

    id: Word
    name: Text
    clauses: Annotated[tuple[Clause, ...], Length(1)]
    help: Text | None = None
    na: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Row(Record):
    """A row of a table, with its own unit and bounds where they differ from the table's."""

    id: Word
    label: Text
    unit: Text | None = None
    min: float | None = None
    max: float | None = None
    decimals: Decimals | None = None
    help: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Column(Record):
    """A column of a table."""

    id: Word
    label: Text
    when: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Question(Record):
    """What every question has; `kind` and the rest come from the classes below."""

    id: Id
    name: Text
    ask: Text
    help: Text | None = None
    required: bool = True
    when: Condition | None = None
    na: Text | None = None
    terms: tuple[TermRef, ...] = ()
    evidence: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Ladder(Question):
    """Level statements, ascending; the answer names one and how far it is met."""

    kind: Literal["ladder"] = "ladder"
    levels: Annotated[tuple[LadderLevel, ...], Length(1)]


@dataclass(frozen=True, kw_only=True)
class Checklist(Question):
    """Groups of clauses, each met to a degree."""

    kind: Literal["checklist"] = "checklist"
    groups: Annotated[tuple[ClauseGroup, ...], Length(1)]


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A figure with its unit and range."""

    kind: Literal["number"] = "number"
    unit: Text
    min: float | None = None
    max: float | None = None
    decimals: Decimals = 0


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One of several options; `Questionnaire.options` also knows those of an answer set."""

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...] = ()
    answer_set: AnswerSetRef | None = None


@dataclass(frozen=True, kw_only=True)
class MultiChoice(Question):
    """Any of several options; `min` and `max` bound how many, an `exclusive` one stands alone."""

    kind: Literal["multi-choice"] = "multi-choice"
    options: tuple[Option, ...] = ()
    answer_set: AnswerSetRef | None = None
    min: Annotated[int, Within(low=0)] | None = None
    max: Annotated[int, Within(low=1)] | None = None
    exclusive: tuple[Word, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FreeText(Question):
    """Words."""

    kind: Literal["text"] = "text"
    max_length: Annotated[int, Within(low=1, high=20000)] = 2000
    lines: Annotated[int, Within(low=1, high=50)] = 1


@dataclass(frozen=True, kw_only=True)
class Day(Question):
    """A date."""

    kind: Literal["date"] = "date"
    min: datetime.date | None = None
    max: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class File(Question):
    """A reference to a document."""

    kind: Literal["file"] = "file"


@dataclass(frozen=True, kw_only=True)
class Table(Question):
    """Figures by row and column; a row's own unit and bounds beat the table's."""

    kind: Literal["table"] = "table"
    unit: Text
    rows: Annotated[tuple[Row, ...], Length(1)]
    columns: Annotated[tuple[Column, ...], Length(1)]
    min: float | None = None
    max: float | None = None
    decimals: Decimals = 0


AnyQuestion: TypeAlias = Ladder | Checklist | Number | Choice | MultiChoice | FreeText | Day | File | Table
_IN_PLACE = InPlace(("id", "name", "kind"))


@dataclass(frozen=True, kw_only=True)
class Goalposts(Record):
    """Linear, or in logarithms, from the scale's minimum at `start` to its maximum at `end`."""

    start: float = field(metadata={"key": "from"})
    end: float = field(metadata={"key": "to"})
    log: bool = False


Breakpoints: TypeAlias = Annotated[tuple[tuple[float, float], ...], Length(2)]


@dataclass(frozen=True, kw_only=True)
class Zero(Record):
    """The scale's minimum when `when` holds."""

    then: Literal["zero"] = "zero"
    when: Condition
    reason: Text


@dataclass(frozen=True, kw_only=True)
class NotApplicable(Record):
    """Not applicable when `when` holds."""

    then: Literal["not-applicable"] = "not-applicable"
    when: Condition
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Ask(Record):
    """Another question is asked when `when` holds."""

    then: Literal["ask"] = "ask"
    when: Condition
    question: QuestionRef
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Substitute(Record):
    """Another measure counts when `when` holds."""

    then: Literal["substitute"] = "substitute"
    when: Condition
    formula: Formula
    reason: Text
    unit: Text | None = None
    breakpoints: Breakpoints = ()
    goalposts: Goalposts | None = None
    basis: Basis | None = None


Undefined: TypeAlias = Zero | NotApplicable | Ask | Substitute


@dataclass(frozen=True, kw_only=True)
class Link(Record):
    """A measure of another submitted result, else the fall-back formula."""

    slug: Slug
    measure: Id
    fallback: Formula


@dataclass(frozen=True, kw_only=True)
class Indicator(Record):
    """A leaf of the tree. Exactly one of the keys from `ladder` to `link` says where its value comes from."""

    id: Id
    name: Text
    weight: Weight
    group: GroupRef | None = None
    when: Condition | None = None
    nodes: tuple[CatalogueRef, ...] = ()
    topics: tuple[TopicRef, ...] = ()
    ladder: Annotated[Ladder, _IN_PLACE] | None = None
    checklist: Annotated[Checklist, _IN_PLACE] | None = None
    number: Annotated[Number, _IN_PLACE] | None = None
    choice: Annotated[Choice, _IN_PLACE] | None = None
    multi_choice: Annotated[MultiChoice, _IN_PLACE] | None = field(default=None, metadata={"key": "multi-choice"})
    question: QuestionRef | None = None
    formula: Formula | None = None
    link: Link | None = None
    definition: Text | None = None
    unit: Text | None = None
    decimals: Decimals | None = None
    breakpoints: Breakpoints = ()
    goalposts: Goalposts | None = None
    basis: Basis | None = None
    undefined: tuple[Undefined, ...] = ()

    @property
    def asked(self) -> AnyQuestion | None:
        """The question defined in place, whose id and name are the indicator's."""
        return self.ladder or self.checklist or self.number or self.choice or self.multi_choice

    @property
    def question_id(self) -> str | None:
        """The id of the question that it reads, in place or not; None when it is computed."""
        return self.id if self.asked else self.question


@dataclass(frozen=True, kw_only=True)
class Group(Record):
    """A node between a domain and its indicators."""

    id: Id
    name: Text
    weight: Weight
    aggregation: Aggregation = Aggregation()
    when: Condition | None = None
    nodes: tuple[CatalogueRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding(Record):
    """What a domain's value in the band of `level` means, for the report."""

    level: LevelNumber
    text: Text


@dataclass(frozen=True, kw_only=True)
class Section(Record):
    """A page of the form; with a `dimension` it is also a domain."""

    id: Id
    title: Text
    intro: Text | None = None
    when: Condition | None = None
    questions: tuple[AnyQuestion, ...] = ()
    dimension: DimensionRef | None = None
    weight: Weight = 0.0
    aggregation: Aggregation = Aggregation()
    nodes: tuple[CatalogueRef, ...] = ()
    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()
    groups: tuple[Group, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def is_domain(self) -> bool:
        """Whether it is scored."""
        return self.dimension is not None

    @property
    def asked(self) -> Iterator[AnyQuestion]:
        """Every question of the page, in order: the unscored ones, then those of the indicators."""
        yield from self.questions
        yield from (indicator.asked for indicator in self.indicators if indicator.asked)


@dataclass(frozen=True, kw_only=True)
class Gate(Record):
    """What every gate has."""

    id: Id
    name: Text
    text: Text
    references: tuple[ReferenceRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Veto(Gate):
    """Hit: the outcome is `vetoed`."""

    kind: Literal["veto"] = "veto"
    hit: Condition


@dataclass(frozen=True, kw_only=True)
class CapDomain(Gate):
    """Every rateable domain of enough declared weight at or above `floor`."""

    kind: Literal["cap-domain"] = "cap-domain"
    floor: LevelFormula
    min_weight: Weight = 0.0


@dataclass(frozen=True, kw_only=True)
class CapKey(Gate):
    """Every node named at or above `floor`."""

    kind: Literal["cap-key"] = "cap-key"
    nodes: Annotated[tuple[ValueRef, ...], Length(1)]
    floor: LevelFormula


@dataclass(frozen=True, kw_only=True)
class Step(Record):
    """A step of a cumulative gate."""

    level: LevelNumber
    nodes: Annotated[tuple[ValueRef, ...], Length(1)]
    floor: float


@dataclass(frozen=True, kw_only=True)
class CapSteps(Gate):
    """Level k needs every step of number ≤ k."""

    kind: Literal["cap-steps"] = "cap-steps"
    steps: Annotated[tuple[Step, ...], Length(1)]


@dataclass(frozen=True, kw_only=True)
class Expect(Gate):
    """A flag at and above `level`; never lowers."""

    kind: Literal["expect"] = "expect"
    level: LevelNumber
    holds: Condition


AnyGate: TypeAlias = Veto | CapDomain | CapKey | CapSteps | Expect


@dataclass(frozen=True, kw_only=True)
class Header(Record):
    """The file questionnaire.yaml."""

    format: Literal[1]
    slug: Slug
    version: Version
    date: datetime.date
    title: Text
    summary: Text
    minutes: Annotated[int, Within(low=1, high=10000)]
    object: Literal["enterprise", "region", "other"]
    provenance: Literal["tool-derived", "standard", "policy"]
    source: Source
    outcome: Outcome
    total: Annotated[float, Within(over=0)]
    scale: Scale
    na_ceiling: Annotated[float, Within(low=0, high=1)]
    dimensions: Annotated[tuple[Dimension, ...], Length(1)]
    section_ids: Annotated[tuple[Id, ...], Length(1)] = field(metadata={"key": "sections"})
    documents: tuple[Text, ...] = ()
    edition: Edition | None = None
    decimals: Decimals = 2
    aggregation: Aggregation = Aggregation()
    degrees: tuple[Degree, ...] = ()
    levels: tuple[Level, ...] = ()
    answer_sets: tuple[AnswerSet, ...] = ()
    gates: tuple[AnyGate, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Questionnaire(Header):
    """A whole questionnaire of one version; `digest` is that of its folder."""

    sections: tuple[Section, ...] = ()
    digest: str = ""

    @cached_property
    def domains(self) -> tuple[Section, ...]:
        """The scored sections, in order."""
        return tuple(section for section in self.sections if section.is_domain)

    @cached_property
    def questions(self) -> dict[str, AnyQuestion]:
        """Every question by id, in the order of the form."""
        return {question.id: question for section in self.sections for question in section.asked}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by id, in order."""
        return {indicator.id: indicator for section in self.sections for indicator in section.indicators}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each question, indicator and group, by id."""
        return {
            part.id: section
            for section in self.sections
            for part in (*section.questions, *section.groups, *section.indicators)
        }

    def options(self, question: Choice | MultiChoice) -> tuple[Option, ...]:
        """Return the options of a choice, its own or those of its answer set."""
        shared = (one.options for one in self.answer_sets if one.id == question.answer_set)
        return question.options or next(shared, ())
