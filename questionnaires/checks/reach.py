"""Whether a condition can hold at all: it is put to every combination of the answers it depends on.

Options of choices are tried one by one, options of multi-choices alone, in pairs and all together, figures around every constant they are
compared with. What cannot be tried (arithmetic, indicators, dates) counts as unknown, and an unknown condition may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import prod
from typing import Any, Final

import numpy as np

from questionnaires.compiling import compile_model, joined
from questionnaires.entries import Entry
from questionnaires.faults import Fault
from questionnaires.types import Expect, Questionnaire, Table, Veto
from scoring.columns import KNOWN, MISSING, OUT_OF_SCOPE, Bools, Number, Truth
from scoring.formula import compile_condition, names
from scoring.model import Model, Question
from scoring.parameters import INDUSTRIES
from scoring.vocabulary import INDUSTRY, Ids

MOST_ROWS: Final = 50_000
_ARITHMETIC: Final = re.compile(r"[+*/]|[\w)]\s*-|\bif\b|\b(min|max|abs|sqrt|log|exp|mean|sum|raw)\s*\(")
_WORDS: Final = re.compile(r"'[^']*'|\"[^\"]*\"|[A-Za-z_][\w.]*")
_CONSTANT: Final = re.compile(r"-?\d+(?:\.\d+)?")

Sample = Any
"""A figure, an option's index, or a frozenset of them."""


@dataclass(frozen=True, slots=True)
class _Posed:
    """A condition, and the same with those of the parts around it."""

    place: Entry
    own: str | None
    whole: str | None


def conditions_can_hold(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every condition that no combination of answers fulfils."""
    model = compile_model(questionnaire)
    ids = Ids(model)
    for posed in _conditions(questionnaire, model):
        if posed.whole and not _can_hold(posed.whole, model, ids):
            yield posed.place.fault("unreachable", source=posed.own)


def _conditions(questionnaire: Questionnaire, model: Model) -> Iterator[_Posed]:
    whens: dict[str, str | None] = {}
    for known in (model.nodes, model.questions, model.indicators):
        whens |= {one.id: one.when for one in known}
    for section in questionnaire.sections:
        parts = (*section.asked, *section.groups, *section.indicators)
        yield from (_posed(part.place, "when", part.when, whens.get(part.id)) for part in (section, *parts))
        for question in section.asked:
            columns = question.columns if isinstance(question, Table) else ()
            yield from (_posed(one.place, "when", one.when, whens[question.id]) for one in columns)
        for indicator in section.indicators:
            yield from (_posed(one.place, "when", one.when, whens[indicator.id]) for one in indicator.undefined)
    for gate in questionnaire.gates:
        if isinstance(gate, Veto | Expect):
            key, source = ("hit", gate.hit) if isinstance(gate, Veto) else ("holds", gate.holds)
            yield _posed(gate.place, key, source)


def _posed(record: Entry, key: str, own: str | None, around: str | None = None) -> _Posed:
    return _Posed(record.at(key), own, joined(around, own) if own else None)


def _can_hold(condition: str, model: Model, ids: Ids) -> bool:
    trial = _Trial(condition, model, ids)
    if trial.rows > MOST_ROWS:
        return True
    truth = compile_condition(condition, ids).evaluate(trial)
    return not bool(truth.no.all())


@dataclass(frozen=True)
class _Trial:
    """The context in which a condition meets every combination of sampled answers, one per row."""

    condition: str
    model: Model
    ids: Ids

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.id: question for question in self.model.questions}

    @cached_property
    def sources(self) -> list[str]:
        """The condition and, through what it names, every condition it depends on."""
        found, waiting = [], [self.condition]
        while waiting:
            source = waiting.pop()
            found.append(source)
            asked = (self.questions.get(self.ids.question_of(name) or "") for name in names(source))
            waiting += [one.when for one in asked if one and one.when and one.when not in (*found, *waiting)]
        return found

    @cached_property
    def constants(self) -> list[float]:
        bare = " ".join(_WORDS.sub(" ", source) for source in self.sources)
        return sorted({float(number) for number in _CONSTANT.findall(bare)})

    @cached_property
    def tried(self) -> dict[str, list[Sample]]:
        """The samples of each name that can be tried."""
        arithmetic = any(_ARITHMETIC.search(source) for source in self.sources)
        used = {name for source in self.sources for name in names(source)}
        found = {name: self._samples(name, arithmetic=arithmetic) for name in sorted(used)}
        return {name: samples for name, samples in found.items() if samples}

    def _samples(self, name: str, *, arithmetic: bool) -> list[Sample]:
        if name == INDUSTRY:
            return list(range(len(INDUSTRIES)))
        question = self.questions.get(self.ids.question_of(name) or "")
        if question is None:
            return []
        options = range(len(question.options))
        if question.kind == "choice":
            return list(options)
        if question.kind == "multi-choice":
            picks = [frozenset(picked) for size in (0, 1, 2) for picked in combinations(options, size)]
            return [*picks, frozenset(options)]
        if question.kind in {"number", "table"} and not arithmetic and not self.ids.has_raw(name):
            return self._figures(question)
        return []

    def _figures(self, question: Question) -> list[Sample]:
        low = -np.inf if question.minimum is None or question.row_bounds else question.minimum
        high = np.inf if question.maximum is None or question.row_bounds else question.maximum
        around = [constant + step for constant in self.constants for step in (-1, -1e-6, 0, 1e-6, 1)]
        return [figure for figure in (*around, low, high) if low <= figure <= high and np.isfinite(figure)] or [0.0]

    @cached_property
    def rows(self) -> int:
        return prod(len(samples) for samples in self.tried.values())

    def _column(self, name: str) -> list[Sample]:
        """Return the sample of `name` in each row: the rows are the product of all samples."""
        inner = 1
        for other, samples in self.tried.items():
            if other == name:
                block = [sample for sample in samples for _ in range(inner)]
                return block * (self.rows // len(block))
            inner *= len(samples)
        return []

    def _scope(self, name: str) -> Truth:
        question = self.questions.get(self.ids.question_of(name) or "")
        if question is None or question.when is None:
            return Truth(np.ones(self.rows, bool), np.zeros(self.rows, bool))
        yes, no = compile_condition(question.when, self.ids).evaluate(self)
        return Truth(np.broadcast_to(yes, self.rows), np.broadcast_to(no, self.rows))

    def number(self, name: str) -> Number:
        if name not in self.tried or not self.tried[name] or isinstance(self.tried[name][0], frozenset):
            return Number(np.zeros(self.rows), np.full(self.rows, MISSING, np.uint8))
        scope = self._scope(name)
        state = np.select([scope.yes, scope.no], [KNOWN, OUT_OF_SCOPE], MISSING).astype(np.uint8)
        return Number(np.array(self._column(name), float), state)

    def raw(self, name: str) -> Number:  # noqa: ARG002 - the context of formulas asks by name
        return Number(np.zeros(self.rows), np.full(self.rows, MISSING, np.uint8))

    def linked(self, name: str) -> Truth:  # noqa: ARG002 - the context of formulas asks by name
        return Truth(np.zeros(self.rows, bool), np.zeros(self.rows, bool))

    def answered(self, name: str) -> Truth:
        return Truth(np.zeros(self.rows, bool), self._scope(name).no)

    def chosen(self, name: str, option: int) -> Truth:
        return self._asked(name, np.array([sample == option for sample in self._column(name)], bool))

    def picked(self, name: str, option: int) -> Truth:
        return self._asked(name, np.array([option in sample for sample in self._column(name)], bool))

    def _asked(self, name: str, holds: Bools) -> Truth:
        scope = self._scope(name)
        return Truth(holds & scope.yes, ~holds | scope.no)
