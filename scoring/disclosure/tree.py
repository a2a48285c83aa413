"""The tree of regions in arrays: every region after the one above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.columns import Floats, Indices
from scoring.disclosure.records import MisfitError

REST: Final = "rest of "
"""Begins the code of the part of a region that lies in none of the regions below it."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Regions from the whole (0) downwards; `above` gives the row of the region above (0 for the whole itself)."""

    codes: tuple[str, ...]
    above: Indices
    ranks: tuple[Indices, ...]
    """The rows of each depth, the whole first."""
    blocks: Mapping[int, Indices]
    """The rows directly below each row that has any."""
    places: Mapping[str, int]
    """The row in which an enterprise of a region is counted: its own, or that of the rest of it where there are regions below."""

    def totals(self, leaves: Floats, *, largest: bool = False) -> Floats:
        """Return for every region the sum (or the largest) over all that lies in it, of values (region, …) given where they are counted."""
        totals = leaves.copy()
        join = np.maximum if largest else np.add
        for rows in reversed(self.ranks[1:]):
            join.at(totals, self.above[rows], totals[rows])
        return totals

    def inside(self, row: int) -> tuple[Indices, Indices]:
        """Return the rows two and more ranks below a row, and for each the row directly below it that it lies in."""
        part = np.full(len(self.codes), -1)
        part[self.blocks[row]] = self.blocks[row]
        for rows in self.ranks[1:]:
            part[rows] = np.where(part[rows] < 0, part[self.above[rows]], part[rows])
        part[self.blocks[row]] = -1
        inner = np.flatnonzero(part >= 0)
        return inner, part[inner]

    def siblings(self, row: int) -> Indices:
        """Return the other rows under the same region."""
        block = self.blocks[int(self.above[row])]
        others: Indices = block[block != row]
        return others

    def chain(self, row: int) -> list[int]:
        """Return the row and those above it, without the whole."""
        chain = []
        while row:
            chain.append(row)
            row = int(self.above[row])
        return chain


def build_tree(parents: Mapping[str, str | None], used: Iterable[str]) -> Tree:
    """Return the tree of `parents`, with a rest for every region of `used` that has others below it.

    Raises `MisfitError` for regions that hang on none, or on each other, and for regions in `used` that are unknown.
    """
    with_children = {above for above in parents.values() if above is not None}
    if missing := sorted({*used, *with_children} - set(parents)):
        raise MisfitError(f"regions without a place in the tree: {', '.join(missing[:5])}")
    rests = {f"{REST}{code}": code for code in sorted(set(used) & with_children)}
    every = {**parents, **rests}
    ranks = _ranks(every)
    codes = tuple(code for rank in ranks for code in rank)
    rows = {code: row for row, code in enumerate(codes)}
    above = np.array([rows[every[code] or code] for code in codes], np.intp)
    return Tree(codes, above, _slices(ranks), _blocks(above), _places(rows))


def _ranks(parents: Mapping[str, str | None]) -> list[list[str]]:
    below: dict[str | None, list[str]] = {}
    for code in sorted(parents):
        below.setdefault(parents[code], []).append(code)
    rank = below.get(None, [])
    if len(rank) != 1:
        raise MisfitError(f"a tree has one region above all others, not {len(rank)}")
    ranks = []
    while rank:
        ranks.append(rank)
        rank = [code for above in rank for code in below.get(above, [])]
    if sum(map(len, ranks)) < len(parents):
        raise MisfitError("some regions of the tree hang on each other")
    return ranks


def _slices(ranks: list[list[str]]) -> tuple[Indices, ...]:
    ends = np.cumsum([len(rank) for rank in ranks])
    return tuple(np.arange(end - len(rank), end, dtype=np.intp) for rank, end in zip(ranks, ends, strict=True))


def _blocks(above: Indices) -> dict[int, Indices]:
    order = np.argsort(above[1:], kind="stable") + 1
    starts = np.flatnonzero(np.diff(above[order], prepend=-1))
    return {int(above[rows[0]]): rows for rows in np.split(order, starts[1:]) if len(rows)}


def _places(rows: Mapping[str, int]) -> dict[str, int]:
    return {code: rows.get(f"{REST}{code}", row) for code, row in rows.items()}
