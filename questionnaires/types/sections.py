"""Sections of the form, which may be domains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from questionnaires.description import Record, Within
from questionnaires.text import Text

from .indicators import Indicator
from .measures import AnyChart, Consistency, Measure
from .questions import AnyQuestion
from .words import (
    AggregationKind,
    CatalogueRef,
    Condition,
    DimensionRef,
    GroupRef,
    Id,
    LevelNumber,
    QuestionRef,
    Weight,
)


@dataclass(frozen=True, kw_only=True)
class Aggregation(Record):
    """How a node's value comes from its children's; written as the kind alone or as a mapping."""

    SHORT = "kind"
    kind: AggregationKind = "arithmetic"
    floor: float | None = None
    shares: Mapping[GroupRef, QuestionRef] = field(default_factory=dict)
    declared: QuestionRef | None = None
    weight: Annotated[float, Within(low=0, high=1)] | None = None


ARITHMETIC = Aggregation()


@dataclass(frozen=True, kw_only=True)
class Reading(Record):
    """A consultant's words on a dimension or domain."""

    asks: Text
    why: Text
    weak: Text
    strong: Text


@dataclass(frozen=True, kw_only=True)
class Group(Record):
    """A node between a domain and its indicators."""

    id: Id
    name: Text
    weight: Weight
    aggregation: Aggregation = ARITHMETIC
    when: Condition | None = None
    nodes: tuple[CatalogueRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding(Record):
    """What a domain's value means, for the report: in the band of `level`, or without bands from `lower` up to the next finding."""

    level: LevelNumber | None = None
    lower: float | None = field(default=None, metadata={"key": "from"})
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
    aggregation: Aggregation = ARITHMETIC
    nodes: tuple[CatalogueRef, ...] = ()
    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()
    groups: tuple[Group, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()
    consistency: tuple[Consistency, ...] = ()
    charts: tuple[AnyChart, ...] = ()

    @property
    def is_domain(self) -> bool:
        """Whether it is scored."""
        return self.dimension is not None

    @property
    def asked(self) -> Iterator[AnyQuestion]:
        """Every question of the page, in order: the unscored ones, then those of the indicators."""
        yield from self.questions
        yield from (indicator.asked for indicator in self.indicators if indicator.asked)
