"""Runs of many draws: the ranks of all units in each, in blocks of one size whatever the number of draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from scoring.columns import Bools, Floats, Indices
from scoring.index.alternatives import Alternatives, outlines
from scoring.index.basis import Basis
from scoring.index.propagation import Propagation, Stretch
from scoring.index.ranks import Ranks, ranks
from scoring.index.sample import Sample
from scoring.index.weights import Weights

BLOCK: Final = 32
"""Draws worked out together. Every block has this size (the last is filled up), so a draw gives the same bits in any run."""


class Block(NamedTuple):
    """Some draws of a run: their places in the sample, the alternatives they take, scores and ranks (b, r) of the scored units."""

    draws: Indices
    outline: tuple[int, int, int]
    scores: Floats
    ranks: Ranks


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Scored units in the order of their years, in each year those without gaps first; the slices of years and of stretches."""

    order: Indices
    years: tuple[slice, ...]
    stretches: tuple[slice, ...]


def arrange(base: Basis, scored: Bools) -> Arrangement:
    """Return the order in which scored units are worked out."""
    gaps = ~np.isfinite(base.raw.raw) & ~base.raw.settled
    order: list[int] = []
    years, stretches = [], []
    for rows in base.by_year:
        own = rows[scored[rows]]
        gappy = gaps[own].any(axis=1)
        start = len(order)
        for part in (own[~gappy], own[gappy]):
            if len(part):
                stretches.append(slice(len(order), len(order) + len(part)))
                order += part.tolist()
        if len(order) > start:
            years.append(slice(start, len(order)))
    return Arrangement(np.array(order, np.intp), tuple(years), tuple(stretches))


class Runner:
    """Works out samples for one basis and its alternatives."""

    def __init__(self, base: Basis, weights: Weights, found: Alternatives, arranged: Arrangement) -> None:
        self._base = base
        self._weights = weights
        self._found = found
        self._arranged = arranged
        self._ways = [Propagation(base.tree, manner) for manner in found.manners]

    @property
    def units(self) -> int:
        """How many units have a score."""
        return len(self._arranged.order)

    def run(self, sample: Sample, take: Callable[[Block], None], block: int = BLOCK) -> None:
        """Hand every block of a sample to `take`, each draw once."""
        taken = sample.taken
        stretches: list[Stretch] = []
        prepared: tuple[int, int] | None = None
        for outline in sorted(outlines(self._found), key=lambda one: (one[0], one[2], one[1])):
            draws = np.flatnonzero((taken == outline).all(axis=1))
            if len(draws) and prepared != (outline[0], outline[2]):
                prepared = outline[0], outline[2]
                stretches = list(self._stretches(*prepared))
            for start in range(0, len(draws), block):
                take(self._block(sample, draws[start : start + block], outline, stretches, block))

    def _stretches(self, normalisation: int, imputation: int) -> Iterator[Stretch]:
        nodes = self._found.nodes(self._base, normalisation, imputation)
        rows = self._arranged.order
        taken = type(nodes)(nodes.value[rows], nodes.reason[rows], nodes.availability[rows], nodes.not_applicable[rows])
        leads = {
            place: type(lead)(lead.leads[:, rows], lead.open[rows], lead.minimum)
            for place, lead in self._base.leads.items()
        }
        for part in self._arranged.stretches:
            yield Stretch.of(self._base.tree, taken, part, leads)

    def _block(
        self, sample: Sample, draws: Indices, outline: tuple[int, int, int], stretches: list[Stretch], block: int
    ) -> Block:
        filled = np.concatenate([draws, np.repeat(draws[-1:], block - len(draws))])
        weights = sample.weights(filled, self._weights)
        scores = np.empty((block, len(self._arranged.order)))
        for part, stretch in zip(self._arranged.stretches, stretches, strict=True):
            scores[:, part] = self._ways[outline[1]].scores(stretch, weights)
        scores = scores[: len(draws)]
        return Block(draws, outline, scores, self._ranks(scores))

    def _ranks(self, scores: Floats) -> Ranks:
        if len(self._arranged.years) == 1:
            return ranks(scores)
        return np.concatenate([ranks(scores[:, year]) for year in self._arranged.years], axis=1)
