"""What a compiled model consists of."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.columns import Floats, Indices
from scoring.formula import Condition, Formula
from scoring.model import Consistency, Gate, Indicator, Measure, Model, Node, Parameter, Question, Undefined
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
    optional: frozenset[str] = frozenset()
    """Slots that may stay blank though the question is required."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A rule for the undefined."""

    rule: Undefined
    when: Condition
    formula: Formula | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator as compiled.

    `extra` is what its scope asks beyond its question's; `table` the block of each code where its question has codes, `weighted` the same
    times the weight where nothing else decides its value, without the lines that are the same for all its codes: two lines where the
    question is always asked and never not applicable, three where it is asked at times, else four. It is `computed` where its value is
    made of a number, by a rule or under rules for the undefined, rather than read from codes.
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
class Coded:
    """Indicators read from codes alone, at the first places of the stack in this order: their slots by common scope and their tables.

    `tables` are the tables (4, 256) of all one behind the other, `starts` (k, 4, 1) where the lines of each begin; `raws` are what the
    codes of all are worth raw, one behind the other (256 each).
    """

    names: frozenset[str]
    slots: tuple[tuple[Scope, tuple[str, ...]], ...]
    tables: Floats
    starts: Indices
    raws: Floats


@dataclass(frozen=True, slots=True)
class Clauses:
    """All checklist groups, those with most clauses first, with the slots of their clauses by common scope.

    `order`, `tables` and `starts` (as in `Coded`) have every group's first clause, then every second, and so on: where its slot is among
    all slots, and its table; `turns` say where each of these begins and ends.
    """

    groups: tuple[ClauseTables, ...]
    slots: tuple[tuple[Scope, tuple[str, ...]], ...]
    order: Indices
    tables: Floats
    starts: Indices
    turns: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """Steady arithmetic means that wait for nothing of each other, those with most children first, at the places `start` to `stop`.

    `children` are the places of every node's first child, then of every second, and so on; `turns` say where in them each of these
    begins and ends, `weights` (…, 1, 1) go with them, `totals` (nodes, 1) are the weights of all the children of a node.
    """

    start: int
    stop: int
    children: Indices
    weights: Floats
    turns: tuple[tuple[int, int], ...]
    totals: Floats


@dataclass(frozen=True, slots=True)
class Plan:
    """How to work out all indicators, checklist groups and nodes in one array: the place of each, and the steps up the tree.

    `others` are the indicators that are not read from codes alone, `groups` the names INDICATOR.GROUP of checklist groups.
    """

    places: dict[str, int]
    coded: Coded
    others: tuple[str, ...]
    groups: tuple[str, ...]
    clauses: Clauses
    steps: tuple[Layer | Inner, ...]


@dataclass(frozen=True, slots=True)
class CompiledMeasure:
    """A measure in one year: when it is in scope, when it has no value, and the id of the same measure in the year before."""

    measure: Measure
    scope: Scope
    formula: Formula
    gaps: tuple[Condition, ...]
    before: str | None


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A consistency rule in one year; in `known` comparisons with gaps say nothing, in `holds` they are as in any other condition."""

    rule: Consistency
    holds: Condition
    known: Condition


@dataclass(frozen=True, slots=True)
class Compiled:
    """A model ready to score: everything that does not depend on answers.

    `inners` come children before parents, `decisions` after those that their own scope depends on. `unscored` are the required
    questions whose blanks do not make an indicator missing by themselves. `owners` leads from every slot to its question, `scopes` from
    the slots that are not always asked to when they are, `yearly` from the cells of a year that is not always asked to when that is.
    `columns` are the cells of a table's columns of figures by `TABLE.COLUMN`; `measures` stand under their id and, in the reporting year,
    under that of their family.
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
    yearly: dict[str, Scope]
    columns: dict[str, tuple[str, ...]]
    measures: dict[str, CompiledMeasure]
    rules: tuple[CompiledRule, ...]
    parameters: dict[str, Parameter]
    plan: Plan

    @property
    def root(self) -> str:
        return self.inners[-1].node.id
