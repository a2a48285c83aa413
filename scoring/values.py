"""From answers to the values of indicators, in columns. Everything is worked out when first asked for, and once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from scoring import columns
from scoring.batch import Batch
from scoring.columns import BEYOND, KNOWN, MISSING, NOT_APPLICABLE, Bools, Bytes, Floats, Number, Truth
from scoring.compiled import Compiled, Leaf, Remedy
from scoring.functions import total
from scoring.measures import MeasureColumns, measure_columns
from scoring.model import Goalposts, Rule
from scoring.parameters import UNKNOWN, named, values_of
from scoring.questions import NO_CODE, Questions
from scoring.rules import between, on_scale
from scoring.spread import Spread, of_values
from scoring.vocabulary import INDUSTRY, YEAR

_NOT_APPLICABLE: Final = np.array([NOT_APPLICABLE], np.uint8)
_NO_YEAR: Final = Number(np.zeros(1), np.array([BEYOND], np.uint8))


class Hit(NamedTuple):
    """Where the rule for the undefined of a place decided, and the raw number it took instead, if any."""

    place: int
    rows: Bools
    raw: Number | None


class _Scaled(NamedTuple):
    """Values on the scale (finite everywhere) with their states."""

    value: Floats
    state: Bytes


@dataclass(frozen=True, slots=True)
class Computed:
    """An indicator whose value comes from a number, before its own scope.

    The value with its state, the raw number it was made of, where that is linked, and what rules for the undefined decided.
    """

    scaled: _Scaled
    source: Number
    linked: Bools | None
    hits: tuple[Hit, ...]

    def rule_at(self, row: int) -> int | None:
        """Return the place of the rule for the undefined that decided a row, if one did."""
        return next((hit.place for hit in self.hits if hit.rows[row]), None)


class Values:
    """The columns of a batch's questions and indicators; the context of the model's formulas."""

    def __init__(self, compiled: Compiled, batch: Batch) -> None:
        self.compiled = compiled
        self.batch = batch
        self.questions = Questions(compiled, batch, self)
        self._scale = compiled.model.scale
        self._spreads: dict[str, Spread] = {}
        self._computed: dict[str, Computed] = {}
        self._groups: dict[str, Spread] = {}
        self._numbers: dict[str, Number] = {}
        self._measures: dict[str, MeasureColumns] = {}

    def spread(self, name: str) -> Spread:
        """Return the spread of an indicator."""
        known = self._spreads.get(name)
        if known is None:
            known = self._spreads[name] = self._spread(self.compiled.leaves[name])
        return known

    def keep(self, spreads: Mapping[str, Spread]) -> None:
        """Take spreads of indicators as they were worked out elsewhere."""
        self._spreads.update(spreads)

    def computed(self, name: str) -> Computed | None:
        """Return where the value of an indicator comes from if that is a number, None for a ladder, choice or checklist."""
        known = self._computed.get(name)
        leaf = self.compiled.leaves[name]
        if known is None and leaf.computed:
            known = self._computed[name] = self._compute(leaf)
        return known

    def weighted(self, name: str, weight: float, out: Floats) -> tuple[Bools, int]:
        """Write an indicator's block times its weight to `out` (4, n), by the shortest way; return where it is missing, and how many lines.

        Lines not written are as for an indicator that is always live: the weight itself, and nothing not applicable.
        """
        leaf = self.compiled.leaves[name]
        if name not in self._spreads and leaf.asked is not None and leaf.weighted is not None:
            codes, lines = self.questions.codes(leaf.asked.question.id), len(leaf.weighted)
            leaf.weighted.take(codes, axis=1, out=out[:lines], mode="clip")
            missing: Bools = codes == NO_CODE
            return missing, lines
        spread = self._unkept(leaf, out) if name not in self._spreads else self._spreads[name]
        np.multiply(spread.block, weight, out=out)
        return spread.missing, len(out)

    def _unkept(self, leaf: Leaf, out: Floats) -> Spread:
        """Return a leaf's spread with its block in `out` if it is read there only."""
        computed = None if leaf.extra else self.computed(leaf.indicator.id)
        return of_values(*computed.scaled, self._scale, out) if computed else self.spread(leaf.indicator.id)

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
            return self.spread(name).number()
        asked = self.compiled.questions.get(name)
        return self.questions.number(asked) if asked else self._derived(name)

    def _derived(self, name: str) -> Number:
        """Return a cell, a column's total, a measure or a parameter."""
        compiled = self.compiled
        if name in compiled.owners:
            number, asked = self.questions.stored_number(name), self.questions.scope(compiled.yearly.get(name, ()))
            return number if asked is None else Number(number.value, columns.select(asked.no, BEYOND, number.state))
        if name in compiled.columns:
            return total(self.number(cell) for cell in compiled.columns[name])
        if name in compiled.measures:
            return self.measure(compiled.measures[name].measure.id).number()
        return columns.column(self.parameter(name)) if name in compiled.parameters else _NO_YEAR

    def measure(self, name: str) -> MeasureColumns:
        """Return a measure, by its id in a year."""
        known = self._measures.get(name)
        if known is None:
            known = self._measures[name] = measure_columns(self.compiled.measures[name], self)
        return known

    def parameter(self, name: str) -> Floats:
        """Return a parameter's value in every row."""
        return values_of(self.compiled.parameters[name], self.batch.year, self.batch.industry)

    def _on_scale(self, rule: Rule, raw: Floats) -> Floats:
        if isinstance(rule, Goalposts) and any(named(rule)):
            start, end = (self.number(p).value if isinstance(p, str) else p for p in (rule.start, rule.end))
            return between(start, end, self._scale, raw, log=rule.log)
        return on_scale(rule, self._scale, raw)

    def raw(self, name: str) -> Number:
        """Return the raw value of an indicator: its answer, or its formula's result where the indicator has a value."""
        leaf = self.compiled.leaves[name]
        if leaf.asked is not None:
            return self.questions.raw(leaf.asked)
        raw = self.shown_raw(name)
        return Number(raw.value, np.maximum(raw.state, self.spread(name).state()))

    def shown_raw(self, name: str) -> Number:
        """Return the raw number that an indicator's value was made of, a substitute's where one was taken."""
        leaf, computed = self.compiled.leaves[name], self.computed(name)
        if computed is None:
            assert leaf.asked is not None  # noqa: S101 — what has no question is computed
            return self.questions.raw(leaf.asked)
        raw = computed.source
        for hit in computed.hits:
            if hit.raw is not None:
                value = np.where(hit.rows, hit.raw.value, raw.value)
                raw = Number(value, columns.select(hit.rows, hit.raw.state, raw.state))
        return raw

    def linked(self, name: str) -> Truth:
        return self.questions.linked(name)

    def answered(self, name: str) -> Truth:
        return self.questions.answered(name if name in self.compiled.owners else self._question(name))

    def chosen(self, name: str, option: int) -> Truth:
        if name == INDUSTRY:
            yes = self.batch.industry == option
            return Truth(yes, ~yes & (self.batch.industry != UNKNOWN))
        return self.questions.chosen(self._question(name), option)

    def picked(self, name: str, option: int) -> Truth:
        return self.questions.picked(self._question(name), option)

    def _question(self, name: str) -> str:
        leaf = self.compiled.leaves.get(name)
        return leaf.asked.question.id if leaf and leaf.asked else name

    def _spread(self, leaf: Leaf) -> Spread:
        computed = self.computed(leaf.indicator.id) if leaf.computed else None
        out = np.empty((4, self.batch.size))
        result = of_values(*computed.scaled, self._scale, out) if computed else self._read(leaf)
        scope = self.questions.scope(leaf.extra)
        if scope is not None:
            result.confine(scope, self._scale)
        return result

    def _read(self, leaf: Leaf) -> Spread:
        """Return the spread of a ladder, choice or checklist."""
        assert leaf.asked is not None  # noqa: S101 — what has no question is computed
        if leaf.table is None:
            return self.questions.checklist(leaf.asked)
        codes = self.questions.codes(leaf.asked.question.id)
        return Spread(leaf.table.take(codes, axis=1), codes == NO_CODE)

    def _compute(self, leaf: Leaf) -> Computed:
        source, linked = self._source(leaf)
        scaled, hits = self._remedied(leaf, self._first(leaf, source), linked)
        return Computed(scaled, source, linked, hits)

    def _source(self, leaf: Leaf) -> tuple[Number, Bools | None]:
        """Return a leaf's raw number in n rows, and where it comes from a link."""
        if leaf.formula is None:
            assert leaf.asked is not None  # noqa: S101 — compiling refuses an indicator without question and formula
            return self.questions.raw(leaf.asked), None
        raw = self._evaluated(leaf.formula.evaluate(self))
        if leaf.indicator.link is None:
            return raw, None
        links = self.batch.links[leaf.indicator.id]
        linked = ~np.isnan(links)
        value = np.where(linked, links, raw.value)
        return Number(value, columns.select(linked, KNOWN, raw.state)), linked

    def _evaluated(self, number: Number) -> Number:
        number, size = columns.checked(number), self.batch.size
        return Number(columns.spread_out(number.value, size), columns.spread_out(number.state, size))

    def _first(self, leaf: Leaf, source: Number) -> _Scaled:
        """Return a leaf's values before rules for the undefined; one whose question is out of scope is out of scope."""
        if leaf.asked is None:
            return self._scaled(source, leaf.indicator.rule)
        if leaf.asked.question.kind == "ladder":
            source = self.questions.number(leaf.asked)
            return _Scaled(on_scale(None, self._scale, source.value), source.state)
        return _Scaled(self._on_scale(leaf.indicator.rule, source.value), source.state)

    def _scaled(self, raw: Number, rule: Rule) -> _Scaled:
        """Return raw numbers on the scale; what a formula could not work out is not applicable."""
        state = np.minimum(raw.state, _NOT_APPLICABLE)
        return _Scaled(self._on_scale(rule, raw.value), state)

    def _remedied(self, leaf: Leaf, scaled: _Scaled, linked: Bools | None) -> tuple[_Scaled, tuple[Hit, ...]]:
        """Apply the rules for the undefined in their order; the first that holds wins, and an unknown one leaves the row open."""
        hits: list[Hit] = []
        pending = np.ones(self.batch.size, np.bool_) if linked is None else ~linked
        for place, remedy in enumerate(leaf.remedies):
            when = self.questions.truth(remedy.when)
            if columns.every(when.no):
                continue
            rows, unknown = pending & when.yes, pending & ~(when.yes | when.no)
            if columns.some(unknown):
                scaled = _Scaled(scaled.value, columns.select(unknown, MISSING, scaled.state))
            if columns.some(rows):
                scaled, raw = self._hit(remedy, leaf, rows, scaled)
                hits.append(Hit(place, rows, raw))
            pending = pending & when.no
        return scaled, tuple(hits)

    def _hit(self, remedy: Remedy, leaf: Leaf, rows: Bools, scaled: _Scaled) -> tuple[_Scaled, Number | None]:
        """Return the values with a rule applied in the given rows, and the raw number that it takes, if any."""
        value, state = scaled
        if remedy.rule.then == "zero":
            return _Scaled(value * ~rows + self._scale.min * rows, columns.select(rows, KNOWN, state)), None
        if remedy.rule.then == "not-applicable":
            return _Scaled(value, columns.select(rows, NOT_APPLICABLE, state)), None
        if remedy.formula is not None:
            raw, rule = self._evaluated(remedy.formula.evaluate(self)), remedy.rule.rule
        else:
            raw, rule = self._asked(remedy.rule.question or "", remedy.rule.rule or leaf.indicator.rule)
        instead = self._scaled(raw, rule)
        return _Scaled(np.where(rows, instead.value, value), columns.select(rows, instead.state, state)), raw

    def _asked(self, name: str, rule: Rule) -> tuple[Number, Rule]:
        """Return the answer to a question asked instead, and the rule for it: a ladder or checklist is on the scale already."""
        asked = self.compiled.questions.get(name)
        graded = asked is not None and asked.question.kind in {"ladder", "checklist"}
        return self._evaluated(self.number(name)), None if graded else rule

    def _group(self, name: str) -> Spread:
        leaf = self.compiled.leaves[name.rpartition(".")[0]]
        assert leaf.asked is not None  # noqa: S101 — only checklists have groups
        group = next(group for group in leaf.asked.groups if name.endswith(f".{group.id}"))
        result = self.questions.group(group)
        scope = self.questions.scope(leaf.extra)
        if scope is not None:
            result.confine(scope, self._scale)
        return result
