"""The whole, from its header down."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

from questionnaires.description import Length, Record, Within
from questionnaires.text import Text

from .gates import AnyGate
from .index import Index
from .indicators import Indicator
from .measures import AnyChart, Consistency, Measure
from .parameters import Parameter
from .questions import AnswerSet, AnyQuestion, Choice, MultiChoice, Number, NumberLink, Option, Table
from .sections import ARITHMETIC, Aggregation, Reading, Section
from .words import PARTIAL_DATE, CatalogueRef, Decimals, Id, LevelNumber, Outcome, Slug, Version, Weight, Word


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
class Dimension(Record):
    """The first layer below the total."""

    id: Id
    name: Text
    weight: Weight
    aggregation: Aggregation = ARITHMETIC
    reading: Reading | None = None


@dataclass(frozen=True, kw_only=True)
class Reference(Record):
    """A source that a basis or a gate may name."""

    id: Word
    title: Text
    date: Annotated[str, PARTIAL_DATE] | None = None


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
    listed: Annotated[tuple[Id | Section, ...], Length(1)] = field(metadata={"key": "sections"})
    total: Annotated[float, Within(over=0)] = 1.0
    scale: Scale = Scale(min=0, max=1)
    na_ceiling: Annotated[float, Within(low=0, high=1)] = 1.0
    dimensions: Annotated[tuple[Dimension, ...], Length(1)] = ()
    documents: tuple[Text, ...] = ()
    edition: Edition | None = None
    decimals: Decimals = 2
    aggregation: Aggregation = ARITHMETIC
    degrees: tuple[Degree, ...] = ()
    levels: tuple[Level, ...] = ()
    answer_sets: tuple[AnswerSet, ...] = ()
    gates: tuple[AnyGate, ...] = ()
    references: tuple[Reference, ...] = ()
    has_parameters: bool = field(default=False, metadata={"key": "parameters"})
    index: Index | None = None

    @property
    def section_ids(self) -> tuple[str, ...]:
        """The ids of the sections, in the order of the form."""
        return tuple(one if isinstance(one, str) else one.id for one in self.listed)


@dataclass(frozen=True, kw_only=True)
class Questionnaire(Header):
    """A whole questionnaire of one version; `digest` is that of its folder."""

    sections: tuple[Section, ...] = field(default=(), metadata={"key": None})
    parameters: tuple[Parameter, ...] = field(default=(), metadata={"key": None})
    digest: str = field(default="", metadata={"key": None})

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
    def measures(self) -> dict[str, Measure]:
        """Every measure by id, in order."""
        return {measure.id: measure for section in self.sections for measure in section.measures}

    @cached_property
    def consistency(self) -> dict[str, Consistency]:
        """Every consistency rule by id, in order."""
        return {rule.id: rule for section in self.sections for rule in section.consistency}

    @cached_property
    def links(self) -> dict[str, NumberLink]:
        """The measure that each indicator, number and cell may be read from, by its id."""
        indicators = {one.id: one.link for one in self.indicators.values()}
        read = {name: NumberLink(slug=link.slug, measure=link.measure) for name, link in indicators.items() if link}
        for question in self.questions.values():
            if isinstance(question, Number | Table) and question.link:
                slug = question.link.slug
                read |= {name: NumberLink(slug=slug, measure=measure) for name, measure in question.linked.items()}
        return read

    @cached_property
    def charts(self) -> tuple[AnyChart, ...]:
        """Every chart, in order."""
        return tuple(chart for section in self.sections for chart in section.charts)

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each question, indicator, group, measure and consistency rule, by id."""
        return {
            part.id: section
            for section in self.sections
            for part in (
                *section.questions,
                *section.groups,
                *section.indicators,
                *section.measures,
                *section.consistency,
            )
        }

    def options(self, question: Choice | MultiChoice) -> tuple[Option, ...]:
        """Return the options of a choice, its own or those of its answer set."""
        shared = (one.options for one in self.answer_sets if one.id == question.answer_set)
        return question.options or next(shared, ())
