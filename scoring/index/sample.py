"""What varies from draw to draw: every weight by up to a quarter, and which alternative of each choice is taken.

A draw is a row of numbers from 0 to 1: one for every weight of the tree, then one for each of `CHOICES`. Rows come from numpy's PCG64 in
their order, so that the first draws are the same however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Floats
from scoring.index.weights import Weights

CHOICES: Final = ("normalisation", "aggregation", "imputation")
WEIGHTS: Final = "weights"
INPUTS: Final = (WEIGHTS, *CHOICES)
"""The groups of inputs whose influence is told apart."""
RANGE: Final = 0.25
"""Weights vary uniformly by this share of themselves, up and down."""


@dataclass(frozen=True, slots=True)
class Sample:
    """So many draws: the numbers behind them (N, weights + choices), and how many alternatives each choice has."""

    numbers: Floats
    alternatives: tuple[int, int, int]

    @property
    def size(self) -> int:
        return len(self.numbers)

    @property
    def taken(self) -> NDArray[np.intp]:
        """Return which alternative of each choice every draw takes (N, 3)."""
        counts = np.array(self.alternatives)
        taken: NDArray[np.intp] = np.minimum((self.numbers[:, -len(CHOICES) :] * counts).astype(np.intp), counts - 1)
        return taken

    def weights(self, draws: NDArray[np.intp], base: Weights) -> tuple[Floats, ...]:
        """Return each branch's weights (b, children) in the given draws, adding up to 1 inside the parent."""
        result, column = [], 0
        for own in base:
            factors = 1.0 - RANGE + 2.0 * RANGE * self.numbers[draws, column : column + len(own)]
            parts = own * factors
            total = parts.sum(axis=1, keepdims=True)
            result.append(parts / np.where(total > 0, total, 1.0))
            column += len(own)
        return tuple(result)

    def replaced(self, name: str, other: Sample) -> Sample:
        """Return the sample with one group of inputs from another: Saltelli's A with a column of B."""
        numbers = self.numbers.copy()
        columns = _columns(name)
        numbers[:, columns] = other.numbers[:, columns]
        return Sample(numbers, self.alternatives)

    def part(self, start: int, stop: int) -> Sample:
        return Sample(self.numbers[start:stop], self.alternatives)


def _columns(name: str) -> slice | int:
    return slice(None, -len(CHOICES)) if name == WEIGHTS else CHOICES.index(name) - len(CHOICES)


def draw(size: int, seed: int, base: Weights, alternatives: tuple[int, int, int]) -> Sample:
    """Return `size` draws by a seed."""
    generator = np.random.Generator(np.random.PCG64(seed))
    return Sample(generator.random((size, sum(map(len, base)) + len(CHOICES))), alternatives)
