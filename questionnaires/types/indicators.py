"""Indicators: where a value comes from and how it gets onto the scale."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from questionnaires.description import InPlace, Length, Record
from questionnaires.text import Text

from .index import OwnNormalisation
from .questions import AnyQuestion, Checklist, Choice, Ladder, MultiChoice, Number
from .words import (
    CatalogueRef,
    Condition,
    Decimals,
    DisclosureRef,
    Formula,
    GroupRef,
    Id,
    ImputationKind,
    Post,
    QuestionRef,
    ReferenceRef,
    Slug,
    TopicRef,
    Weight,
)

_IN_PLACE = InPlace(("id", "name", "kind"))


@dataclass(frozen=True, kw_only=True)
class Basis(Record):
    """Where a threshold comes from; printed beside it."""

    kind: Literal["policy", "expert-judgement", "statistic"]
    text: Text
    references: tuple[ReferenceRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Goalposts(Record):
    """Linear, or in logarithms, from the scale's minimum at `start` to its maximum at `end`; each a number or a parameter's id."""

    start: Post = field(metadata={"key": "from"})
    end: Post = field(metadata={"key": "to"})
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
    disclosures: tuple[DisclosureRef, ...] = ()
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
    normalisation: OwnNormalisation | None = None
    imputation: ImputationKind | None = None

    @property
    def asked(self) -> AnyQuestion | None:
        """The question defined in place, whose id and name are the indicator's."""
        return self.ladder or self.checklist or self.number or self.choice or self.multi_choice

    @property
    def question_id(self) -> str | None:
        """The id of the question that it reads, in place or not; None when it is computed."""
        return self.id if self.asked else self.question
