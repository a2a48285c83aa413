"""All indicators and nodes in one array, those that go by the same steps worked out together.

For one assessment a step costs far more than its numbers. So where every indicator is kept, what is read from codes is read at once, and
the means of a layer of the tree are taken at once. The order of every sum is that of `scoring.aggregation`, and so are the bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan

import numpy as np

from scoring.aggregation import aggregate
from scoring.columns import Bools, Bytes, Floats, quantise
from scoring.compiled import Compiled, Layer, Scope
from scoring.lead import Leaders
from scoring.questions import NO_CODE
from scoring.spread import FAR, Spread
from scoring.tables import LIVE, LOW, NA
from scoring.values import Values


class Stack:
    """Blocks (k, 4, n) and where they are missing (k, n), by the places of the model's plan; `spreads` are views of them by name."""

    def __init__(self, values: Values, blocks: Floats, missing: Bools) -> None:
        self._values = values
        self._plan = values.compiled.plan
        self._scale = values.compiled.model.scale
        self.blocks = blocks
        self.missing = missing
        self._codes = np.empty((0, missing.shape[1]), np.uint8)
        self.spreads = dict(zip(self._plan.places, map(Spread, blocks, missing), strict=True))

    def read(self) -> None:
        """Fill in the indicators and checklist groups, and let the values have the indicators from here."""
        if self._plan.coded.names:
            self._read_codes()
        if self._plan.clauses.groups:
            self._read_clauses()
        for name in self._plan.others:
            self.spreads[name].put(self._values.spread(name))
            self._values.keep({name: self.spreads[name]})
        for name in self._plan.groups:
            self.spreads[name].put(self._values.group(name))

    def _read_codes(self) -> None:
        coded = self._plan.coded
        self._codes = codes = self._codes_of(coded.slots)
        coded.tables.take(codes[:, None] + coded.starts, out=self.blocks[: len(codes)], mode="clip")
        np.equal(codes, NO_CODE, out=self.missing[: len(codes)])
        self._values.keep({name: self.spreads[name] for name in coded.names})

    def _read_clauses(self) -> None:
        clauses = self._plan.clauses
        codes = self._codes_of(clauses.slots).take(clauses.order, axis=0)
        parts, gaps = clauses.tables.take(codes[:, None] + clauses.starts, mode="clip"), codes == NO_CODE
        _add_up(parts, gaps, clauses.turns)
        slots = [group.slots for group in clauses.groups]
        self._values.questions.keep_clauses(dict(zip(slots, zip(parts, gaps, strict=True), strict=False)))

    def _codes_of(self, slots: Iterable[tuple[Scope, tuple[str, ...]]]) -> Bytes:
        return np.concatenate([self._values.questions.codes_together(*together) for together in slots])

    def work_up(self) -> dict[str, Leaders]:
        """Fill in the nodes, children before parents, and return who leads where."""
        leads: dict[str, Leaders] = {}
        for step in self._plan.steps:
            if isinstance(step, Layer):
                self._take_means(step)
            else:
                self.spreads[step.node.id].put(aggregate(step, self.spreads, self._values, leads))
        return leads

    def _take_means(self, layer: Layer) -> None:
        blocks, missing = self.blocks[layer.start : layer.stop], self.missing[layer.start : layer.stop]
        parts, gaps = self.blocks.take(layer.children, axis=0), self.missing.take(layer.children, axis=0)
        parts *= layer.weights
        _add_up(parts, gaps, layer.turns)
        blocks[:], missing[:] = parts[: len(blocks)], gaps[: len(blocks)]
        if np.count_nonzero(blocks[:, NA]):
            blocks[:, NA] /= layer.totals
        alive, edges = blocks[:, LIVE] > 0, blocks[:, :LIVE]
        edges /= (blocks[:, LIVE] + ~alive)[:, None]
        np.maximum(edges, self._scale.min, out=edges)
        np.minimum(edges, self._scale.max, out=edges)
        edges *= alive[:, None]
        blocks[:, LIVE] = alive

    def least(self, nodes: tuple[str, ...], *, gaps_block: bool) -> Floats:
        """Return the smallest live value of nodes at the lowest and the highest values (2, n), as `gates.least` does."""
        places = np.array([self._plan.places[node] for node in nodes], np.intp)
        blocks = self.blocks.take(places, axis=0)
        least: Floats = np.minimum.reduce(blocks[:, :LIVE] + FAR * (blocks[:, LIVE] == 0)[:, None], initial=np.inf)
        if gaps_block:
            least[LOW, np.logical_or.reduce(self.missing.take(places, axis=0))] = -np.inf
        return least

    def row(self, row: int) -> tuple[list[list[float]], list[bool]]:
        """Return the blocks of a row and where they are missing, by place."""
        return self.blocks[:, :, row].tolist(), self.missing[:, row].tolist()

    def raws(self, row: int) -> dict[str, float | None]:
        """Return what the answers of a row are worth raw, of the indicators that are read from codes alone."""
        coded = self._plan.coded
        raws = coded.raws.take(self._codes[:, row] + coded.starts[:, 0, 0] // 4).tolist()
        return {name: None if isnan(raw) else raw for name, raw in zip(self._plan.places, raws, strict=False)}

    def with_na_at_minimum(self) -> Stack:
        """Return the stack with all that is not applicable counted as the scale's minimum; of a checklist that may be a part."""
        counted, minimum = Stack(self._values, self.blocks.copy(), self.missing), self._scale.min
        leaves = counted.blocks[: len(self._values.compiled.leaves)]
        live, na = leaves[:, LIVE] > 0, leaves[:, NA].copy()
        value = np.where(live[:, None], leaves[:, :LIVE], minimum)
        value = quantise(minimum + (value - minimum) * (1.0 - na[:, None]))
        np.copyto(leaves[:, :LIVE], value, where=(na > 0)[:, None])
        leaves[:, LIVE], leaves[:, NA] = live | (na > 0), 0.0
        counted.work_up()
        return counted


def _add_up(parts: Floats, gaps: Bools, turns: Sequence[tuple[int, int]]) -> None:
    """Add to the blocks of the first turn those of the others, one after another, and note where any is missing."""
    for start, stop in turns[1:]:
        parts[: stop - start] += parts[start:stop]
        gaps[: stop - start] |= gaps[start:stop]


def stack(compiled: Compiled, values: Values) -> Stack:
    """Return the stack of a batch with its indicators read."""
    places, size = len(compiled.plan.places), values.batch.size
    made = Stack(values, np.empty((places, 4, size)), np.empty((places, size), np.bool_))
    made.read()
    return made
