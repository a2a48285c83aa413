"""The trace of one row: every number on the way from an answer to the level, in the order in which it was worked out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from scoring.aggregation import FLOORED
from scoring.answers import Answers, Links
from scoring.compiled import Asked, Compiled, Inner, Leaf, Remedy
from scoring.contributions import leading
from scoring.evaluation import Evaluation
from scoring.formula import Formula
from scoring.model import Breakpoints, Goalposts, Rule
from scoring.parameters import named
from scoring.result import NodeResult, Result, TraceStep
from scoring.rules import segment
from scoring.tables import NONE_MET, all_degrees
from scoring.trace_inputs import Inputs, Numbers, at
from scoring.trace_links import figure_steps
from scoring.trace_measures import measure_steps
from scoring.trace_verdicts import verdict_steps
from scoring.values import Values

ROW: Final = 0


class Tracer:
    """Writes the steps of a batch of one; `result` is all of its result but the trace."""

    def __init__(self, evaluation: Evaluation, result: Result, answers: Answers, links: Links) -> None:
        self._evaluation = evaluation
        self._compiled: Compiled = evaluation.compiled
        self._values: Values = evaluation.values
        self._result = result
        self._nodes = result.nodes
        self._answers = answers
        self._links = links
        self._inputs = Inputs(self._values, answers)
        self._degrees = all_degrees(self._compiled.model.degrees)

    def steps(self) -> Iterator[TraceStep]:
        yield from figure_steps(self._values, self._answers, self._links)
        yield from measure_steps(self._result.measures, self._values, self._inputs)
        for leaf in self._compiled.leaves.values():
            if self._nodes[leaf.indicator.id].state == "valued":
                yield from self._leaf(leaf)
        for inner in self._compiled.inners if self._nodes else ():
            if self._nodes[inner.node.id].state == "valued":
                yield self._inner(inner)
        for node in self._nodes.values():
            if node.contribution is not None and node.kind == "indicator":
                yield _contribution(node)
        yield from verdict_steps(self._evaluation, self._result)

    def _leaf(self, leaf: Leaf) -> Iterator[TraceStep]:
        computed = self._values.computed(leaf.indicator.id) if leaf.computed else None
        place = computed.rule_at(ROW) if computed else None
        if place is not None:
            yield from self._remedied(leaf, place)
            return
        if computed is not None and computed.linked is not None and computed.linked[ROW]:
            yield self._linked(leaf)
        elif leaf.formula is not None:
            yield self._formula(leaf.indicator.id, "formula", leaf.formula)
        elif leaf.asked is not None:
            yield from self._asked(leaf.indicator.id, leaf.asked)
        yield self._ruled(leaf.indicator.id, self._scaled(leaf), leaf.asked)

    def _scaled(self, leaf: Leaf) -> Rule:
        unruled = leaf.asked is not None and leaf.asked.question.kind in {"ladder", "checklist"}
        return None if unruled else leaf.indicator.rule

    def _remedied(self, leaf: Leaf, place: int) -> Iterator[TraceStep]:
        remedy, name = leaf.remedies[place], leaf.indicator.id
        detail = {
            "rule": place,
            "when": remedy.when.source,
            "then": remedy.rule.then,
            **self._inputs.detail(remedy.when.shown),
        }
        yield TraceStep(name, "undefined", self._inputs.numbers(remedy.when.shown), None, detail)
        if remedy.formula is not None:
            yield self._formula(name, "substitute", remedy.formula)
        elif remedy.rule.question is not None:
            yield TraceStep(name, "ask", self._inputs.numbers([remedy.rule.question]), self._nodes[name].raw, {})
        yield self._ruled(name, self._remedy_rule(leaf, remedy), None)

    def _remedy_rule(self, leaf: Leaf, remedy: Remedy) -> Rule:
        return remedy.rule.rule or (leaf.indicator.rule if remedy.rule.then == "ask" else None)

    def _linked(self, leaf: Leaf) -> TraceStep:
        name, link = leaf.indicator.id, self._links[leaf.indicator.id]
        fallback = leaf.formula.evaluate(self._values) if leaf.formula else None
        detail = {
            "source": dict(link.source),
            "own": at(fallback),
            "formula": leaf.formula.source if leaf.formula else None,
        }
        return TraceStep(name, "linked", ((name, link.value),), link.value, detail)

    def _formula(self, name: str, rule: str, formula: Formula) -> TraceStep:
        detail = {"formula": formula.source, **self._inputs.detail(formula.shown)}
        return TraceStep(name, rule, self._inputs.numbers(formula.shown), self._nodes[name].raw, detail)

    def _asked(self, name: str, asked: Asked) -> Iterator[TraceStep]:
        question, raw = asked.question, self._nodes[name].raw
        answer = self._answers.get(question.id)
        match question.kind:
            case "ladder":
                yield TraceStep(
                    name, "ladder", self._rung(answer), raw, {"question": question.id, "levels": question.levels}
                )
            case "checklist":
                yield from self._checklist(name, asked)
            case "choice":
                yield TraceStep(name, "choice", ((str(answer), raw),), raw, {"question": question.id})
            case "multi-choice":
                worth = {option.id: option.value for option in question.options}
                inputs = tuple((option, worth[option]) for option in answer or ())
                yield TraceStep(name, "multi-choice", inputs, raw, {"question": question.id})
            case _:
                yield TraceStep(name, "number", ((question.id, raw),), raw, {"question": question.id})

    def _rung(self, answer: Any) -> Numbers:
        level = answer["level"]
        degree = answer.get("degree", NONE_MET) if level else NONE_MET
        return ("level", float(level)), ("degree", self._degrees[degree or NONE_MET])

    def _checklist(self, name: str, asked: Asked) -> Iterator[TraceStep]:
        degrees, answer = self._degrees, self._answers.get(asked.question.id, {})
        for group in asked.question.groups:
            part = answer.get(group.id, {})
            met = tuple((clause.id, degrees.get(part.get(clause.id))) for clause in group.clauses)
            node = self._nodes[f"{name}.{group.id}"]
            yield TraceStep(node.id, "checklist", met, node.value, {"weights": {c.id: c.weight for c in group.clauses}})
        groups = [self._nodes[f"{name}.{group.id}"] for group in asked.question.groups]
        live = [node for node in groups if node.value is not None]
        weights = {node.id: node.weight for node in live}
        yield TraceStep(
            name, "checklist", tuple((n.id, n.value) for n in live), self._nodes[name].raw, {"weights": weights}
        )

    def _ruled(self, name: str, rule: Rule, asked: Asked | None) -> TraceStep:
        node = self._nodes[name]
        inputs = ((name, node.raw),)
        if isinstance(rule, Breakpoints) and node.raw is not None:
            return TraceStep(name, "breakpoints", inputs, node.value, {"points": segment(rule, node.raw)})
        if isinstance(rule, Goalposts):
            ends = {"from": self._inputs.parameter(rule.start), "to": self._inputs.parameter(rule.end), "log": rule.log}
            return TraceStep(name, "goalposts", inputs, node.value, ends | self._inputs.detail(named(rule)))
        scale = self._compiled.model.scale
        detail: dict[str, Any] = {"min": scale.min, "max": scale.max}
        if asked is not None and asked.question.kind == "ladder":
            detail["levels"] = asked.question.levels
        return TraceStep(name, "scale", inputs, node.value, detail)

    def _inner(self, inner: Inner) -> TraceStep:
        live = [(name, weight) for name, weight in inner.children if self._nodes[name].value is not None]
        detail: dict[str, Any] = {"weights": dict(live)}
        kind = inner.node.aggregation.kind
        if kind in FLOORED:
            detail["floor"] = inner.floor
        if kind == "lead" and inner.node.aggregation.lead is not None:
            detail["lead"] = leading(inner, self._evaluation)
            detail["lead_weight"] = inner.node.aggregation.lead.weight
        inputs = tuple((name, self._nodes[name].value) for name, _ in live)
        return TraceStep(inner.node.id, kind, inputs, self._nodes[inner.node.id].value, detail)


def _contribution(node: NodeResult) -> TraceStep:
    inputs = (("weight", node.weight), ("effective_weight", node.effective_weight), ("value", node.value))
    return TraceStep(node.id, "contribution", inputs, node.contribution, {})
