"""From answers to the values of indicators, in columns. Everything is worked out when first asked for, and once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring import columns, spread
from scoring.batch import NO_ANSWER, Batch
from scoring.columns import KNOWN, NOT_APPLICABLE, UNDEFINED, Bools, Bytes, Number, Truth
from scoring.compiled import Compiled, Leaf, Remedy
from scoring.questions import Questions
from scoring.spread import Spread
from scoring.vocabulary import YEAR

PLAIN: Final = 0
WHY_INPUTS: Final = 1
WHY_DIVISION: Final = 2
WHY_LINKED: Final = 3
WHY_RULE: Final = 10
"""How a leaf came by its value or by none: in the plain way, not applicable because an input is or because of a division by zero,
from a link, or (from WHY_RULE on) by the rule for the undefined of that place."""


@dataclass(slots=True)
class LeafColumns:
    """An indicator's spread, its raw number where its source is one, and how it came by it (None: the plain way in all rows)."""

    spread: Spread
    raw: Number | None = None
    why: Bytes | None = None


class Values:
    """The columns of a batch's questions and indicators; the context of the model's formulas."""

    def __init__(self, compiled: Compiled, batch: Batch) -> None:
        self.compiled = compiled
        self.batch = batch
        self.questions = Questions(compiled, batch, self)
        self._leaves: dict[str, LeafColumns] = {}
        self._groups: dict[str, Spread] = {}
        self._numbers: dict[str, Number] = {}

    def leaf(self, name: str) -> LeafColumns:
        known = self._leaves.get(name)
        if known is None:
            known = self._leaves[name] = self._leaf(self.compiled.leaves[name])
        return known

    def group(self, name: str) -> Spread:
        """Return the spread of a checklist group, named INDICATOR.GROUP."""
        known = self._groups.get(name)
        if known is None:
            known = self._groups[name] = self._group(name)
        return known

    def number(self, name: str) -> Number:
        known = self._numbers.get(name)
        if known is None:
            known = self._numbers[name] = self._number(name)
        return known

    def _number(self, name: str) -> Number:
        if name == YEAR:
            return columns.column(self.batch.year)
        if name in self.compiled.leaves:
            return self.leaf(name).spread.number()
        asked = self.compiled.questions.get(name)
        return self.questions.number(asked) if asked else self.questions.stored_number(name)

    def raw(self, name: str) -> Number:
        """Return the raw value of an indicator: its answer, or its formula's result where the indicator has a value."""
        leaf = self.compiled.leaves[name]
        if leaf.asked is not None:
            return self.questions.raw(leaf.asked)
        columns_of = self.leaf(name)
        raw = self.shown_raw(name)
        return Number(raw.value, np.maximum(raw.state, columns_of.spread.state()))

    def shown_raw(self, name: str) -> Number:
        """Return the raw number that an indicator's value was made of, a substitute's or link's where one was taken."""
        leaf, raw = self.compiled.leaves[name], self.leaf(name).raw
        if raw is not None:
            return raw
        assert leaf.asked is not None  # noqa: S101 — without a question the raw number comes from a formula
        return self.questions.raw(leaf.asked)

    def answered(self, name: str) -> Truth:
        return self.questions.answered(name)

    def chosen(self, name: str, option: int) -> Truth:
        return self.questions.chosen(self._question(name), option)

    def picked(self, name: str, option: int) -> Truth:
        return self.questions.picked(self._question(name), option)

    def _question(self, name: str) -> str:
        leaf = self.compiled.leaves.get(name)
        return leaf.asked.question.id if leaf and leaf.asked else name

    def _leaf(self, leaf: Leaf) -> LeafColumns:
        result = self._base(leaf)
        if leaf.remedies:
            self._remedy_all(leaf, result)
        scope = self.questions.scope(leaf.extra)
        if scope is not None:
            result.spread.confine(scope, self.compiled.model.scale)
        return result

    def _base(self, leaf: Leaf) -> LeafColumns:
        """Return the columns before rules for the undefined and the leaf's own scope."""
        if leaf.asked is None:
            return self._computed(leaf)
        if leaf.table is not None:
            codes = self.questions.codes(leaf.asked.question.id)
            return LeafColumns(Spread(leaf.table.take(codes, axis=1), codes == NO_ANSWER))
        if leaf.asked.question.kind == "checklist":
            return LeafColumns(self.questions.checklist(leaf.asked))
        raw = self.questions.number(leaf.asked)
        return LeafColumns(self._spread(raw, leaf), raw)

    def _spread(self, raw: Number, leaf: Leaf) -> Spread:
        return spread.of_number(raw, leaf.indicator.rule, self.compiled.model.scale, self.batch.size)

    def _computed(self, leaf: Leaf) -> LeafColumns:
        assert leaf.formula is not None  # noqa: S101 — compiling refuses an indicator without question and formula
        raw, why = self._evaluated(leaf.formula.evaluate(self))
        if leaf.indicator.link:
            raw, why = self._linked(leaf.indicator.id, raw, why)
        return LeafColumns(self._spread(raw, leaf), raw, why)

    def _evaluated(self, number: Number) -> tuple[Number, Bytes]:
        """Return a formula's result in n rows: what lies outside the numbers is not applicable, and why."""
        number = columns.checked(number)
        value, state = (
            columns.spread_out(number.value, self.batch.size),
            columns.spread_out(number.state, self.batch.size),
        )
        if not columns.some(state):
            return Number(value, state), np.zeros(self.batch.size, np.uint8)
        why = np.where(state == UNDEFINED, WHY_DIVISION, np.where(state >= NOT_APPLICABLE, WHY_INPUTS, PLAIN)).astype(
            np.uint8
        )
        return Number(value, np.minimum(state, np.uint8(NOT_APPLICABLE))), why

    def _linked(self, name: str, raw: Number, why: Bytes) -> tuple[Number, Bytes]:
        links = self.batch.links.get(name)
        if links is None:
            return raw, why
        linked = ~np.isnan(links)
        number = Number(np.where(linked, links, raw.value), np.where(linked, np.uint8(KNOWN), raw.state))
        return number, np.where(linked, np.uint8(WHY_LINKED), why)

    def _remedy_all(self, leaf: Leaf, result: LeafColumns) -> None:
        """Apply the rules for the undefined in their order; the first that holds wins, and an unknown one leaves the row open."""
        why = np.zeros(self.batch.size, np.uint8) if result.why is None else result.why
        raw = result.raw
        pending = why != WHY_LINKED
        for place, remedy in enumerate(leaf.remedies):
            when = self.questions.truth(remedy.when)
            if columns.every(when.no):
                continue
            hit = pending & when.yes
            result.spread.open(pending & ~(when.yes | when.no), self.compiled.model.scale)
            if columns.some(hit):
                remedied = self._remedied(remedy, leaf)
                result.spread.fill(hit, remedied.spread)
                why = np.where(hit, np.uint8(WHY_RULE + place), why)
                raw = _merged(hit, remedied.raw, raw)
            pending = pending & when.no
        result.why, result.raw = why, raw

    def _remedied(self, remedy: Remedy, leaf: Leaf) -> LeafColumns:
        """Return what a rule gives, in all rows."""
        size, scale = self.batch.size, self.compiled.model.scale
        match remedy.rule.then:
            case "zero":
                return LeafColumns(spread.constant(size, scale.min, 1.0, 0.0))
            case "not-applicable":
                return LeafColumns(spread.constant(size, 0.0, 0.0, 1.0))
            case "ask":
                return self._asked(remedy, leaf)
            case "substitute":
                assert remedy.formula is not None  # noqa: S101 — compiling refuses a substitute without formula
                raw, _ = self._evaluated(remedy.formula.evaluate(self))
                return LeafColumns(spread.of_number(raw, remedy.rule.rule, scale, size), raw)

    def _asked(self, remedy: Remedy, leaf: Leaf) -> LeafColumns:
        """Return the answer to a question asked instead: a ladder or checklist as it is, a number by the rule's or leaf's own rule."""
        name = remedy.rule.question or ""
        raw = self.number(name)
        asked = self.compiled.questions.get(name)
        scored = asked is not None and asked.question.kind in {"ladder", "checklist"}
        rule = None if scored else remedy.rule.rule or leaf.indicator.rule
        return LeafColumns(spread.of_number(raw, rule, self.compiled.model.scale, self.batch.size), raw)

    def _group(self, name: str) -> Spread:
        leaf = self.compiled.leaves[name.rpartition(".")[0]]
        assert leaf.asked is not None  # noqa: S101 — only checklists have groups
        group = next(group for group in leaf.asked.groups if name.endswith(f".{group.id}"))
        result = self.questions.group(group)
        scope = self.questions.scope(leaf.extra)
        if scope is not None:
            result.confine(scope, self.compiled.model.scale)
        return result


def _merged(rows: Bools, new: Number | None, old: Number | None) -> Number | None:
    """Return the old raw numbers with the new in the given rows."""
    if new is None or old is None:
        return old
    return Number(np.where(rows, new.value, old.value), np.where(rows, new.state, old.state))
