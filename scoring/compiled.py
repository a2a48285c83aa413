"""What a compiled model consists of."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.columns import Floats
from scoring.formula import Condition, Formula
from scoring.model import Gate, Indicator, Model, Node, Question, Undefined
from scoring.slots import Slot

Scope = tuple[Condition, ...]
"""Conditions that must all hold; none means always in scope."""


@dataclass(frozen=True, slots=True)
class ClauseTables:
    """A checklist group: the slot and the weighted block table of each clause, and the weight of them all."""

    id: str
    slots: tuple[str, ...]
    tables: tuple[Floats, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: when it and single slots of it are asked, and what codes (or options) are worth raw and on the scale, NaN for nothing."""

    question: Question
    scope: Scope
    slots: tuple[Slot, ...]
    slot_scopes: dict[str, Scope]
    codes: dict[str, int]
    raw: Floats
    value: Floats
    groups: tuple[ClauseTables, ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """A rule for the undefined."""

    rule: Undefined
    when: Condition
    formula: Formula | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator as compiled.

    `extra` is what its scope asks beyond its question's; `table` the block of each code where its question has codes,
    `weighted` the same times the weight where nothing else decides its value. It is `computed` where its value is made of a number, by a
    rule or under rules for the undefined, rather than read from codes.
    """

    indicator: Indicator
    asked: Asked | None
    formula: Formula | None
    extra: Scope
    table: Floats | None
    weighted: Floats | None
    remedies: tuple[Remedy, ...]
    computed: bool


@dataclass(frozen=True, slots=True)
class Inner:
    """An inner node with its scope and its children in order; those of weight 0 count for nothing but gates and gaps.

    `steady` when the children are in scope or out of it together; `floor` is where values enter a geometric or harmonic mean.
    """

    node: Node
    scope: Scope
    children: tuple[tuple[str, float], ...]
    floor: float
    steady: bool


@dataclass(frozen=True, slots=True)
class Check:
    """What a cap asks: every node at or above a floor, for the levels (by their place among the levels) that have one."""

    nodes: tuple[str, ...]
    floors: dict[int, float]


@dataclass(frozen=True, slots=True)
class CompiledGate:
    """A gate with its condition or its checks."""

    gate: Gate
    condition: Condition | None
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A question that decides what is in scope: all its answers as codes or words of bits, and the indicators and nodes it touches."""

    question: str
    answers: tuple[int, ...]
    touched: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """The ids of a batch's columns by where they are kept."""

    codes: tuple[str, ...]
    picks: tuple[str, ...]
    numbers: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A model ready to score: everything that does not depend on answers.

    `inners` come children before parents, `decisions` after those that their own scope depends on. `unscored` are the required
    questions whose blanks do not make an indicator missing by themselves. `owners` leads from every slot to its question, `scopes` from
    the slots that are not always asked to when they are.
    """

    model: Model
    questions: dict[str, Asked]
    leaves: dict[str, Leaf]
    inners: tuple[Inner, ...]
    gates: tuple[CompiledGate, ...]
    decisions: tuple[Decision, ...]
    unscored: tuple[str, ...]
    owners: dict[str, str]
    scopes: dict[str, Scope]
    layout: Layout

    @property
    def root(self) -> str:
        return self.inners[-1].node.id
