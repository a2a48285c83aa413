"""Compile a model: parse its formulas, lay out its slots, build its tables, fix every order of evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from scoring import tables
from scoring.aggregation import FLOORED
from scoring.batch import MOST_OPTIONS
from scoring.columns import KNOWN, Floats, Number, Truth, compare_known
from scoring.compiled import (
    Asked,
    Check,
    ClauseTables,
    Compiled,
    CompiledGate,
    CompiledMeasure,
    CompiledRule,
    Decision,
    Inner,
    Layout,
    Leaf,
    Plan,
    Remedy,
    Scope,
)
from scoring.decisions import decisions
from scoring.formula import Condition, Formula, FormulaError, Variables, compile_condition, compile_formula
from scoring.model import Consistency, Gate, Indicator, Measure, Model, Node, Question, Undefined
from scoring.order import CycleError
from scoring.parameters import named
from scoring.plan import plan
from scoring.rules import on_scale
from scoring.slots import cell_code, cell_slot, clause_slot, slots_of
from scoring.vocabulary import Ids

GEOMETRIC_FLOOR: Final = 0.01
"""Where a geometric or harmonic mean has no floor of its own: this share of the scale's width above its minimum."""


class CompileError(ValueError):
    """A model that the engine refuses: `where` is the id concerned; `error` is there when a formula is at fault."""

    def __init__(self, where: str, detail: str, error: FormulaError | None = None) -> None:
        super().__init__(f"{where}: {detail}")
        self.where = where
        self.detail = detail
        self.error = error


def compile(model: Model) -> Compiled:  # noqa: A001 — the word for it; a model is compiled as a regular expression is
    """Return the model ready to score. Raises CompileError."""
    return _Compilation(model).run()


class _Compilation:
    """One run over one model, with what its parts need of each other."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._ids = Ids(model)
        self._nodes = {node.id: node for node in model.nodes}
        self._questions: dict[str, Asked] = {}
        self._leaves: dict[str, Leaf] = {}
        self._measures: dict[str, CompiledMeasure] = {}
        self._conditions: dict[str, Condition] = {}

    def run(self) -> Compiled:
        self._questions = {question.id: self._asked(question) for question in self._model.questions}
        self._leaves = {indicator.id: self._leaf(indicator) for indicator in self._model.indicators}
        self._measures = {measure.id: self._measure(measure) for measure in self._model.measures}
        inners = tuple(self._inner(node) for node in reversed(self._model.nodes))
        return Compiled(
            model=self._model,
            questions=self._questions,
            leaves=self._leaves,
            inners=inners,
            gates=tuple(self._gate(gate) for gate in self._model.gates),
            decisions=self._decisions(inners),
            unscored=self._unscored(),
            owners={slot.id: name for name, asked in self._questions.items() for slot in asked.slots},
            scopes=dict(self._scopes()),
            layout=self._layout(),
            yearly=dict(self._yearly()),
            columns=self._ids.columns,
            measures=self._measures
            | {one.measure.family: one for one in self._measures.values() if not one.measure.year},
            rules=tuple(self._rule(rule) for rule in self._model.consistency),
            parameters={parameter.id: parameter for parameter in self._model.parameters},
            plan=self._plan(inners),
        )

    def _plan(self, inners: tuple[Inner, ...]) -> Plan:
        made = plan(self._leaves, inners)
        for name in (*self._leaves, *made.groups):
            if name in self._nodes or (name in self._leaves and name in made.groups):
                raise CompileError(
                    name, "nodes, indicators and checklist groups (INDICATOR.GROUP) have ids of their own"
                )
        return made

    def _unscored(self) -> tuple[str, ...]:
        plain = {leaf.asked.question.id for leaf in self._leaves.values() if leaf.asked and not leaf.extra}
        shown = {name for name in plain if name in self._leaves or not self._has_remedies(name)}
        return tuple(name for name, asked in self._questions.items() if asked.question.required and name not in shown)

    def _has_remedies(self, question: str) -> bool:
        return any(leaf.remedies for leaf in self._leaves.values() if leaf.indicator.question == question)

    def _scopes(self) -> Iterable[tuple[str, Scope]]:
        for asked in self._questions.values():
            for slot in asked.slots:
                scope = asked.scope + asked.slot_scopes.get(slot.id, ())
                if scope:
                    yield slot.id, scope

    def _yearly(self) -> Iterable[tuple[str, Scope]]:
        for asked in self._questions.values():
            for column in asked.question.columns:
                if column.year is not None and column.when is not None:
                    scope = self._scope(asked.question.id, column.when)
                    yield from ((cell_slot(asked.question.id, row, column.id), scope) for row in asked.question.rows)

    def _layout(self) -> Layout:
        slots = [slot for asked in self._questions.values() for slot in asked.slots]
        return Layout(
            codes=tuple(slot.id for slot in slots if slot.store == "codes"),
            picks=tuple(slot.id for slot in slots if slot.store == "picks"),
            numbers=tuple(slot.id for slot in slots if slot.store == "numbers"),
            links=self._links(),
        )

    def _links(self) -> tuple[str, ...]:
        """Return the indicators, numbers and cells that another result may give."""
        indicators = (indicator.id for indicator in self._model.indicators if indicator.link is not None)
        return (*indicators, *(slot for question in self._model.questions for slot in question.links))

    def _decisions(self, inners: tuple[Inner, ...]) -> tuple[Decision, ...]:
        try:
            return decisions(self._ids, self._questions, self._leaves, self._measures, inners)
        except CycleError as cycle:
            raise CompileError(cycle.path[0], f"these wait for one another: {cycle}") from cycle

    def _condition(self, where: str, source: str) -> Condition:
        if source not in self._conditions:
            try:
                self._conditions[source] = compile_condition(source, self._ids)
            except FormulaError as error:
                raise CompileError(where, f"{error} in: {source}", error) from error
        return self._conditions[source]

    def _measure(self, own: Measure) -> CompiledMeasure:
        before = next(
            (m.id for m in self._model.measures if m.family == own.family and m.year == (own.year or 0) - 1), None
        )
        gaps = tuple(self._condition(own.id, gap) for gap in own.undefined)
        return CompiledMeasure(own, self._scope(own.id, own.when), self._formula(own.id, own.formula), gaps, before)

    def _rule(self, rule: Consistency) -> CompiledRule:
        holds = self._condition(rule.id, rule.holds)
        return CompiledRule(rule, holds, compile_condition(rule.holds, self._ids, compare_known))

    def _formula(self, where: str, source: str) -> Formula:
        try:
            return compile_formula(source, self._ids)
        except FormulaError as error:
            raise CompileError(where, f"{error} in: {source}", error) from error

    def _scope(self, where: str, *whens: str | None) -> Scope:
        return tuple(self._condition(where, when) for when in dict.fromkeys(whens) if when is not None)

    def _asked(self, question: Question) -> Asked:
        raw, value = self._worth(question)
        slots = slots_of(question)
        return Asked(
            question=question,
            scope=self._scope(question.id, question.when),
            slots=slots,
            slot_scopes=dict(self._cell_scopes(question)),
            codes=self._codes(question),
            raw=raw,
            value=value,
            groups=tuple(self._clauses(question)),
            optional=frozenset(
                cell_slot(question.id, row, column.id)
                for column in question.columns
                if not column.required
                for row in question.rows
            ),
        )

    def _cell_scopes(self, table: Question) -> Iterable[tuple[str, Scope]]:
        for row in table.rows:
            for column in table.columns:
                yield cell_slot(table.id, row, column.id), self._scope(table.id, table.row_whens.get(row), column.when)

    def _codes(self, question: Question) -> dict[str, int]:
        if question.kind == "checklist":
            return {degree: code for code, degree in enumerate(tables.all_degrees(self._model.degrees))}
        if question.kind == "ladder":
            return tables.ladder_codes(question, self._model.degrees)
        if question.kind == "table":
            picked = [
                (column.id, code, option) for column in question.columns for code, option in enumerate(column.options)
            ]
            return {cell_code(column, option): code for column, code, option in picked}
        if len(question.options) > MOST_OPTIONS and question.kind == "multi-choice":
            raise CompileError(question.id, f"a multi-choice has at most {MOST_OPTIONS} options")
        return {option.id: code for code, option in enumerate(question.options)}

    def _worth(self, question: Question) -> tuple[Floats, Floats]:
        """Return the raw value and the value on the scale of each code or option."""
        try:
            if question.kind == "ladder":
                raw = tables.ladder_raw(question, self._model.degrees)
                scale = self._model.scale
                return raw, on_scale(None, scale, scale.min + raw * scale.width / question.levels)
            options = [np.nan if option.value is None else option.value for option in question.options]
            raw = tables.by_code(options)
        except ValueError as error:
            raise CompileError(question.id, str(error)) from error
        return raw, on_scale(None, self._model.scale, raw)

    def _clauses(self, question: Question) -> Iterable[ClauseTables]:
        for group in question.groups:
            slots = tuple(clause_slot(question.id, group.id, clause.id) for clause in group.clauses)
            worth = tuple(tables.clause_table(self._model.degrees, clause.weight) for clause in group.clauses)
            yield ClauseTables(group.id, slots, worth, sum(clause.weight for clause in group.clauses))

    def _leaf(self, indicator: Indicator) -> Leaf:
        asked = self._asked_of(indicator)
        self._known_posts(indicator)
        scope = self._scope(indicator.id, *self._whens(indicator.parent), indicator.when)
        said = {condition.source for condition in asked.scope} if asked else set()
        extra = tuple(condition for condition in scope if condition.source not in said)
        table = self._table(indicator, asked)
        return Leaf(
            indicator=indicator,
            asked=asked,
            formula=self._formula(indicator.id, indicator.formula) if indicator.formula is not None else None,
            extra=extra,
            table=table,
            weighted=None
            if table is None or extra or indicator.undefined
            else _telling(table, asked) * indicator.weight,
            remedies=tuple(self._remedy(indicator, rule) for rule in indicator.undefined),
            computed=asked is None or bool(indicator.undefined) or (table is None and not asked.groups),
        )

    def _known_posts(self, indicator: Indicator) -> None:
        known = {parameter.id for parameter in self._model.parameters}
        for rule in (indicator.rule, *(undefined.rule for undefined in indicator.undefined)):
            for name in named(rule):
                if name not in known:
                    raise CompileError(indicator.id, f"there is no parameter “{name}”")

    def _asked_of(self, indicator: Indicator) -> Asked | None:
        if indicator.question is None:
            if indicator.formula is None:
                raise CompileError(indicator.id, "an indicator has a question or a formula")
            return None
        asked = self._questions.get(indicator.question)
        if asked is None or asked.question.kind in {"text", "file", "date", "table"}:
            raise CompileError(indicator.id, f"“{indicator.question}” is not a question with a value")
        if asked.groups and indicator.undefined:
            raise CompileError(
                indicator.id, "a checklist takes no rules for the undefined; its groups may be not applicable"
            )
        if any(option.value is None for option in asked.question.options):
            raise CompileError(indicator.id, f"every option of “{indicator.question}” needs a value")
        return asked

    def _whens(self, node: str | None) -> list[str | None]:
        """Return the conditions of a node and all above it, the highest first."""
        if node is None:
            return []
        if node not in self._nodes:
            raise CompileError(node, "there is no such node")
        return [*self._whens(self._nodes[node].parent), self._nodes[node].when]

    def _table(self, indicator: Indicator, asked: Asked | None) -> Floats | None:
        if asked is None or asked.question.kind not in {"ladder", "choice"} or any(named(indicator.rule)):
            return None
        ladder = asked.question.kind == "ladder"
        value = asked.value if ladder else on_scale(indicator.rule, self._model.scale, asked.raw)
        return tables.block_table(value, len(asked.codes), self._model.scale)

    def _remedy(self, indicator: Indicator, rule: Undefined) -> Remedy:
        if rule.then == "ask" and (rule.question is None or not self._ids.is_number(rule.question)):
            raise CompileError(indicator.id, f"“{rule.question}” is not a question with a value")
        if rule.then == "substitute" and rule.formula is None:
            raise CompileError(indicator.id, "a substitute needs a formula")
        formula = self._formula(indicator.id, rule.formula) if rule.formula is not None else None
        return Remedy(rule, self._condition(indicator.id, rule.when), formula)

    def _inner(self, node: Node) -> Inner:
        children = self._children(node.id)
        if any(not weight >= 0 for _, weight in children):
            raise CompileError(node.id, "weights are not negative")
        scale = self._model.scale
        floor = node.aggregation.floor
        if floor is None:
            floor = scale.min + GEOMETRIC_FLOOR * scale.width
        if node.aggregation.kind in FLOORED and not floor >= 0:
            raise CompileError(node.id, "a geometric or harmonic mean needs a floor of 0 or above")
        if node.aggregation.kind == "lead" and (node.aggregation.lead is None or not children):
            raise CompileError(node.id, "a lead needs its parameters and groups")
        if node.aggregation.lead is not None and {name for name, _ in children} != set(node.aggregation.lead.shares):
            raise CompileError(node.id, "a lead needs a share for each of its groups and no others")
        scope = self._scope(node.id, *self._whens(node.id))
        return Inner(node, scope, tuple(children), floor, len({self._signature(name) for name, _ in children}) == 1)

    def _signature(self, name: str) -> frozenset[str]:
        """Return the conditions under which a node or indicator is in scope; where they differ below, something that tells so."""
        leaf = self._leaves.get(name)
        if leaf is not None:
            return frozenset(condition.source for condition in (*leaf.extra, *(leaf.asked.scope if leaf.asked else ())))
        node = self._nodes[name]
        if node.aggregation.kind == "lead":
            return frozenset(condition.source for condition in self._scope(name, *self._whens(name)))
        below = {self._signature(child) for child, weight in self._children(name) if weight > 0}
        always: frozenset[str] = frozenset()
        if always in below:
            return always
        return below.pop() if len(below) == 1 else frozenset({f"under {name}"})

    def _children(self, node: str) -> list[tuple[str, float]]:
        inner = [(child.id, child.weight) for child in self._model.nodes if child.parent == node]
        return inner + [(leaf.id, leaf.weight) for leaf in self._model.indicators if leaf.parent == node]

    def _gate(self, gate: Gate) -> CompiledGate:
        condition = self._condition(gate.id, gate.condition) if gate.condition is not None else None
        return CompiledGate(gate, condition, tuple(self._checks(gate)))

    def _checks(self, gate: Gate) -> Iterable[Check]:
        places = range(1, len(self._model.levels))
        if gate.kind == "cap-steps":
            for step in gate.steps:
                floors = {place: step.floor for place in places if self._model.levels[place].number >= step.level}
                yield Check(self._existing(gate, step.nodes), floors)
        elif gate.floor is not None:
            yield Check(self._existing(gate, self._capped(gate)), dict(zip(places, self._floors(gate), strict=True)))

    def _capped(self, gate: Gate) -> tuple[str, ...]:
        if gate.kind == "cap-key":
            return gate.nodes
        least = gate.min_weight or 0.0
        return tuple(node.id for node in self._model.nodes if node.kind == "domain" and node.weight >= least)

    def _existing(self, gate: Gate, nodes: tuple[str, ...]) -> tuple[str, ...]:
        groups = {f"{leaf}.{group.id}" for leaf, at in self._leaves.items() if at.asked for group in at.asked.groups}
        for node in nodes:
            if node not in self._nodes and node not in self._leaves and node not in groups:
                raise CompileError(gate.id, f"there is no node “{node}”")
        return nodes

    def _floors(self, gate: Gate) -> list[float]:
        try:
            formula = compile_formula(gate.floor or "", Variables("level"))
        except FormulaError as error:
            raise CompileError(gate.id, f"{error} in: {gate.floor}", error) from error
        numbers = np.array([float(level.number) for level in self._model.levels[1:]])
        with np.errstate(all="ignore"):
            result = formula.evaluate(_Level(numbers))
        if result.state.any():
            raise CompileError(gate.id, f"the floor is not defined for every level: {gate.floor}")
        return [float(value) for value in np.broadcast_to(result.value, numbers.shape)]


def _telling(table: Floats, asked: Asked | None) -> Floats:
    """Return the lines of a table that can differ between a question's codes."""
    if asked is None or asked.question.na_allowed:
        return table
    return table[: tables.NA if asked.scope else tables.LIVE]


class _Level:
    """The context of a floor: the one variable `level`."""

    def __init__(self, numbers: Floats) -> None:
        self._numbers = numbers

    def number(self, name: str) -> Number:
        if name != "level":
            raise KeyError(name)
        return Number(self._numbers, np.full(len(self._numbers), KNOWN, np.uint8))

    def answered(self, name: str) -> Truth:
        raise KeyError(name)

    linked = answered

    def chosen(self, name: str, option: int) -> Truth:
        raise KeyError(name, option)

    raw = number
    picked = chosen
