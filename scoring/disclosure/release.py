"""A release: what is published of the enterprises of one year and scope, and what must be kept to make the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from scoring.columns import Bools, Floats
from scoring.disclosure.changes import CellKey, Ledger
from scoring.disclosure.figures import (
    RECORD_MEASURES,
    SHARE_MEASURES,
    Counted,
    count,
    places,
    record_layer,
    share_layer,
)
from scoring.disclosure.medians import medians
from scoring.disclosure.records import LEVELS, Lattice, Records
from scoring.disclosure.rules import HIGH_LEVEL, Layer
from scoring.disclosure.suppression import suppress
from scoring.disclosure.tree import REST

Reason = Literal["small", "changed", "dominance", "telling", "complementary"]
DECIMALS: Final = 4
"""Of what is published. Rounding is for reading: the suppression assumes that every sum behind a published figure is known exactly."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is published of a cell.

    `coverage` is `number` ÷ firms above scale, None where these are not known. `high_share` is the share at level 3 and above, `levels` the
    numbers at level 0 to 5. `service_share` is service revenue ÷ operating revenue over the enterprises that gave both, None if suppressed.
    """

    number: int
    coverage: float | None
    mean_score: float
    median_score: float
    high_share: float
    levels: tuple[int, ...]
    service_share: float | None


@dataclass(frozen=True, slots=True)
class Release:
    """The published cells, and in secret why others are not.

    To the public a cell of the lattice is either in `figures` or suppressed. `reasons` (of the suppressed cells that hold anybody),
    `share_reasons` (of cells published without their service share) and the `ledger` must not leave the service.
    """

    figures: Mapping[CellKey, Figures]
    reasons: Mapping[CellKey, Reason]
    share_reasons: Mapping[CellKey, Reason]
    ledger: Ledger


def build_release(
    lattice: Lattice, records: Records, earlier: Sequence[Ledger] = (), firms: Mapping[CellKey, int] | None = None
) -> Release:
    """Return the release of the enterprises of one year and scope.

    `earlier` holds the ledger of every earlier release of the same year and scope; `firms` the numbers of firms above scale by cell, where
    known. The same input gives the same release. Raises `MisfitError` for records that do not fit the lattice.
    """
    counted = count(lattice, records)
    layer, shares = record_layer(counted, earlier), share_layer(counted, earlier)
    hidden = suppress(counted.tree, layer, RECORD_MEASURES, np.zeros(layer.sums.shape[:3], np.bool_))
    hidden_shares = suppress(counted.tree, shares, SHARE_MEASURES, hidden)
    published = _named(counted, ~hidden)
    figures = _figures(counted, layer, shares, hidden, hidden_shares)
    return Release(
        {
            key: _covered(one, (firms or {}).get(key))
            for key, one in zip(published, figures, strict=True)
            if not key.region.startswith(REST)
        },
        _reasons(counted, layer, hidden),
        _reasons(counted, shares, hidden_shares & ~hidden),
        Ledger(places(records), frozenset(published), frozenset(_named(counted, ~hidden_shares))),
    )


def _named(counted: Counted, chosen: Bools) -> list[CellKey]:
    """Return the keys of the chosen cells, in the order of the table."""
    groups, sizes = (None, *counted.lattice.groups), (None, *counted.lattice.sizes)
    codes = counted.tree.codes
    return [CellKey(codes[region], groups[group], sizes[size]) for region, group, size in np.argwhere(chosen)]


def _figures(counted: Counted, layer: Layer, shares: Layer, hidden: Bools, hidden_shares: Bools) -> list[Figures]:
    """Return the figures of the published cells, in the order of the table, without their coverage."""
    sums = layer.sums[~hidden]
    numbers = sums[:, :LEVELS].sum(1)
    means = sums[:, LEVELS] / numbers
    high = sums[:, HIGH_LEVEL:LEVELS].sum(1) / numbers
    columns = (means, medians(counted, ~hidden), high)
    rounded = [[round(float(value), DECIMALS) for value in column] for column in columns]
    levels = [tuple(int(value) for value in row) for row in sums[:, :LEVELS]]
    ratios = _ratios(shares, hidden_shares)[~hidden]
    service = [None if np.isnan(ratio) else round(float(ratio), DECIMALS) for ratio in ratios]
    rows = zip(numbers, *rounded, levels, service, strict=True)
    return [Figures(int(number), None, *rest) for number, *rest in rows]


def _ratios(shares: Layer, hidden: Bools) -> Floats:
    """Return service revenue ÷ operating revenue of every cell, NaN where hidden."""
    ratios = np.full(hidden.shape, np.nan)
    np.divide(shares.sums[..., 1], shares.sums[..., 2], out=ratios, where=~hidden)
    return ratios


def _covered(figures: Figures, firms: int | None) -> Figures:
    if not firms:
        return figures
    return replace(figures, coverage=round(figures.number / firms, DECIMALS))


def _reasons(counted: Counted, layer: Layer, hidden: Bools) -> dict[CellKey, Reason]:
    """Return why cells that hold anybody are hidden; the first reason that applies."""
    chosen = hidden & (layer.numbers > 0)
    keys = _named(counted, chosen)
    broken = [(reason, where[chosen]) for reason, where in layer.broken().items()]
    return {
        key: next((reason for reason, where in broken if where[row]), "complementary") for row, key in enumerate(keys)
    }
