"""Gates on the level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from questionnaires.description import Length, Record
from questionnaires.text import Text

from .words import Condition, Id, LevelFormula, LevelNumber, ReferenceRef, ValueRef, Weight


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
