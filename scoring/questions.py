"""The columns of questions as conditions and formulas see them: answers outside their scope do not count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from scoring import columns, tables
from scoring.batch import CODE_OUT, MOST_OPTIONS, NO_ANSWER, PICKS_MISSING, PICKS_NA, PICKS_OUT, Batch
from scoring.columns import KNOWN, MISSING, NOT_APPLICABLE, OUT_OF_SCOPE, Bools, Bytes, Floats, Number, Truth, Words
from scoring.compiled import Asked, ClauseTables, Compiled, Scope
from scoring.formula import Condition, Context
from scoring.model import Scale
from scoring.slots import Slot
from scoring.spread import Spread, of_clauses

_CODES: Final = [np.array([code], np.uint8) for code in range(256)]
NO_CODE: Final = _CODES[NO_ANSWER]
_OPTIONS: Final = [np.array([1 << place], np.uint64) for place in range(MOST_OPTIONS)]
_NO_PICKS: Final = np.array([PICKS_MISSING])
_NONE: Final = np.array([0], np.uint64)


class Questions:
    """The questions of a batch. Every column is worked out when first asked for, and once."""

    def __init__(self, compiled: Compiled, batch: Batch, context: Context) -> None:
        self.compiled = compiled
        self.batch = batch
        self._context = context
        self._truths: dict[str, Truth] = {}
        self._codes: dict[str, Bytes] = {}
        self.scratch: Floats = np.empty((4, batch.size))
        self._clauses: dict[tuple[str, ...], tuple[Floats, Bools]] = {}

    def truth(self, condition: Condition) -> Truth:
        """Return where a condition holds, in n rows."""
        known = self._truths.get(condition.source)
        if known is None:
            yes, no = condition.evaluate(self._context)
            size = self.batch.size
            known = self._truths[condition.source] = Truth(columns.spread_out(yes, size), columns.spread_out(no, size))
        return known

    def scope(self, scope: Scope) -> Truth | None:
        """Return where all the conditions of a scope hold, None for everywhere."""
        if not scope:
            return None
        result = self.truth(scope[0])
        for condition in scope[1:]:
            result = columns.both(result, self.truth(condition))
        return result

    def slot_scope(self, slot: str) -> Truth | None:
        scope = self.compiled.scopes.get(slot)
        return None if scope is None else self.scope(scope)

    def codes(self, slot: str) -> Bytes:
        """Return a column of codes, with CODE_OUT out of scope and NO_ANSWER where the scope is unknown."""
        known = self._codes.get(slot)
        if known is None:
            known = self._codes[slot] = self._scoped_codes(slot)
        return known

    def _scoped_codes(self, slot: str) -> Bytes:
        codes, scope = self.batch.codes[slot], self.slot_scope(slot)
        if scope is None or columns.every(scope.yes):
            return codes
        return columns.select(scope.yes, codes, columns.select(scope.no, CODE_OUT, NO_ANSWER))

    def codes_together(self, scope: Scope, slots: tuple[str, ...]) -> Bytes:
        """Return the columns of codes (slots, n) of questions that share a scope, and keep them."""
        codes, asked = np.concatenate([self.batch.codes[slot] for slot in slots]), self.scope(scope)
        codes = codes.reshape(len(slots), self.batch.size)
        if asked is not None and not columns.every(asked.yes):
            codes = columns.select(asked.yes, codes, columns.select(asked.no, CODE_OUT, NO_ANSWER))
        self._codes.update(zip(slots, codes, strict=True))
        return codes

    def picks(self, slot: str) -> Words:
        """Return a column of picked options, with PICKS_OUT out of scope and PICKS_MISSING where the scope is unknown."""
        picks, scope = self.batch.picks[slot], self.slot_scope(slot)
        if scope is None or columns.every(scope.yes):
            return picks
        return np.where(scope.yes, picks, np.where(scope.no, PICKS_OUT, PICKS_MISSING))

    def stored_number(self, slot: str) -> Number:
        """Return a column of numbers, dates (days since 1970) or cells, with gaps as states."""
        number, scope = columns.column(self.batch.numbers[slot]), self.slot_scope(slot)
        if scope is None or columns.every(scope.yes):
            return number
        gaps = columns.select(scope.no, OUT_OF_SCOPE, MISSING)
        return Number(number.value, columns.select(scope.yes, number.state, gaps))

    def linked(self, name: str) -> Truth:
        """Return where an indicator's value, or a question's or cell's figure, comes from another result."""
        there = ~np.isnan(self.batch.links[name])
        return Truth(there, ~there)

    def answered(self, name: str) -> Truth:
        """Return where a cell or question has an answer, or any cell or clause of it has.

        Not applicable is an answer. A blank is unknown while an answer is required, for it will come, and settled where it is optional.
        """
        whole = self.compiled.questions.get(name)
        asked = whole or self.compiled.questions[self.compiled.owners[name]]
        given = np.zeros(self.batch.size, np.bool_)
        for slot in asked.slots:
            if whole or slot.id == name:
                given = given | ~self.blank(slot)
        scope = self.scope(asked.scope) if whole else self.slot_scope(name)
        awaited = asked.question.required and name not in asked.optional
        blank = np.zeros_like(given) if awaited else ~given
        return Truth(given, blank) if scope is None else Truth(given & scope.yes, (blank & scope.yes) | scope.no)

    def blank(self, slot: Slot) -> Bools:
        """Return where a slot holds no answer, in scope or not."""
        result: Bools
        if slot.store == "codes":
            result = self.batch.codes[slot.id] == NO_CODE
        elif slot.store == "picks":
            result = self.batch.picks[slot.id] == PICKS_MISSING
        else:
            result = np.isnan(self.batch.numbers[slot.id])
        return result

    def chosen(self, question: str, option: int) -> Truth:
        codes = self.codes(question)
        yes, blank = codes == _CODES[option], codes == NO_CODE
        return Truth(yes, ~(yes | blank))

    def picked(self, question: str, option: int) -> Truth:
        picks = self.picks(question)
        no = (picks & _OPTIONS[option]) == _NONE
        return Truth(~no, no & (picks != _NO_PICKS))

    def number(self, asked: Asked) -> Number:
        """Return what a question stands for in a formula: a ladder or checklist its value on the scale, options what they are worth."""
        question = asked.question
        if question.kind == "checklist":
            return self.checklist(asked).number()
        if question.kind == "multi-choice":
            return self._picks_number(asked)
        if question.kind in {"number", "date"}:
            return self.stored_number(question.id)
        codes = self.codes(question.id)
        worth = asked.value if question.kind == "ladder" else asked.raw
        return Number(worth.take(codes), tables.STATES.take(codes))

    def raw(self, asked: Asked) -> Number:
        """Return the raw value of a question: of a ladder level − 1 + degree, of a checklist the share that is met."""
        if asked.question.kind == "checklist":
            return self.checklist(asked, Scale(0.0, 1.0)).number()
        if asked.question.kind == "ladder":
            codes = self.codes(asked.question.id)
            return Number(asked.raw.take(codes), tables.STATES.take(codes))
        return self.number(asked)

    def _picks_number(self, asked: Asked) -> Number:
        picks = self.picks(asked.question.id)
        total = np.zeros(len(picks))
        for place in range(len(asked.question.options)):
            total += np.where(picks & np.uint64(1 << place), asked.raw[place], 0.0)
        state = np.full(len(picks), KNOWN, np.uint8)
        for word, gap in ((PICKS_MISSING, MISSING), (PICKS_NA, NOT_APPLICABLE), (PICKS_OUT, OUT_OF_SCOPE)):
            state[picks == word] = gap
        return Number(total, state)

    def checklist(self, asked: Asked, scale: Scale | None = None) -> Spread:
        """Return the spread of a checklist on a scale, by default the model's."""
        parts = [self.clauses(group) for group in asked.groups]
        total, missing = parts[0][0].copy(), parts[0][1]
        for more, gaps in parts[1:]:
            total += more
            missing = missing | gaps
        return of_clauses(
            total, missing, sum(group.weight for group in asked.groups), scale or self.compiled.model.scale
        )

    def group(self, group: ClauseTables) -> Spread:
        """Return the spread of one group of a checklist."""
        return of_clauses(*self.clauses(group), group.weight, self.compiled.model.scale)

    def _summed(self, group: ClauseTables) -> tuple[Floats, Bools]:
        codes = [self.codes(slot) for slot in group.slots]
        total, part = np.empty((4, self.batch.size)), self.scratch
        group.tables[0].take(codes[0], axis=1, out=total, mode="clip")
        missing = codes[0] == NO_CODE
        for column, table in zip(codes[1:], group.tables[1:], strict=True):
            total += table.take(column, axis=1, out=part, mode="clip")
            missing |= column == NO_CODE
        return total, missing

    def keep_clauses(self, sums: Mapping[tuple[str, ...], tuple[Floats, Bools]]) -> None:
        """Take sums of groups' clause blocks, by their slots, as they were worked out elsewhere."""
        self._clauses.update(sums)

    def clauses(self, group: ClauseTables) -> tuple[Floats, Bools]:
        """Return the weighted sum of a group's clause blocks (4, n) and where a clause is missing."""
        known = self._clauses.get(group.slots)
        if known is None:
            known = self._clauses[group.slots] = self._summed(group)
        return known
