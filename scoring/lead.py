"""The `lead` aggregation: weight · L + (1 − weight) · max(L, best other), with L the value of the leading group.

The leader is the group whose share is largest among those known (ties: the higher value), else the declared one. An undeclared group, out
of scope, counts as the scale's minimum; one that is not applicable does not count. While required shares are missing every group that
may yet lead is considered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scoring.columns import KNOWN, MISSING, Bools, Floats, every, some, ticks
from scoring.compiled import Inner
from scoring.model import Lead, Scale
from scoring.spread import FAR, Spread
from scoring.tables import HIGH, LOW
from scoring.values import Values


@dataclass(frozen=True, slots=True)
class Leaders:
    """Per group, in the order of the children, where it leads for certain (or shares the lead) and where it may yet; where that is open."""

    certain: list[Bools]
    possible: list[Bools]
    open: Bools


def leaders(inner: Inner, groups: list[Spread], values: Values) -> Leaders:
    """Return who leads among the groups of a node, given in the order of its children."""
    lead, names = _lead(inner), [name for name, _ in inner.children]
    applicable = [group.live | (group.na == 0) for group in groups]
    shares = [_share(lead.shares[name], usable, values) for name, usable in zip(names, applicable, strict=True)]
    any_known = np.logical_or.reduce([share.known for share in shares])
    any_pending = np.logical_or.reduce([share.pending for share in shares])
    largest = np.maximum.reduce([share.size for share in shares])
    declared, undeclared = _declared(lead, names, values)
    settled, unsettled = ~any_known & ~any_pending, ~any_known & (any_pending | undeclared)
    return Leaders(
        certain=[
            (share.known & (share.size == largest)) | (settled & chosen & usable)
            for share, chosen, usable in zip(shares, declared, applicable, strict=True)
        ],
        possible=[share.pending | unsettled for share in shares],
        open=any_pending | unsettled,
    )


def lead_values(inner: Inner, groups: list[Spread], found: Leaders, scale: Scale) -> Floats:
    """Return the lowest and highest value of a node (2, n)."""
    lead, size, minimum = _lead(inner), len(found.open), float(scale.min)
    best, together, alone = np.full((2, size), minimum), np.full((2, size), -FAR), np.full(size, FAR)
    for group, certain, possible in zip(groups, found.certain, found.possible, strict=True):
        counted = group.edges + minimum * ~group.live if minimum else group.edges
        np.maximum(best, counted, out=best)
        np.maximum(together, counted - FAR * ~certain, out=together)
        if some(possible):
            np.minimum(alone, counted[LOW] + FAR * ~possible, out=alone)
            np.maximum(together[HIGH], counted[HIGH] - FAR * ~possible, out=together[HIGH])
    led = np.maximum(together, minimum)
    if some(found.open):
        lowest = np.minimum(np.where(together[LOW] > -FAR, together[LOW], FAR), alone)
        led[LOW] = np.where(lowest < FAR, lowest, minimum)
    value: Floats = lead.weight * led + (1.0 - lead.weight) * best
    return value


def _lead(inner: Inner) -> Lead:
    lead = inner.node.aggregation.lead
    assert lead is not None  # noqa: S101 — compiling refuses a lead without parameters
    return lead


class _Share(NamedTuple):
    """A group's share in ticks (far below all others where not known), where it is known, and where it is still to come."""

    size: Floats
    known: Bools
    pending: Bools


def _share(slot: str, usable: Bools, values: Values) -> _Share:
    value, state = values.number(slot)
    known = (state == KNOWN) & usable
    required = values.compiled.questions[values.compiled.owners[slot]].question.required
    size = np.where(known, ticks(value), -FAR) if some(state) or not every(known) else ticks(value)
    return _Share(size, known, (state == MISSING) & required)


def _declared(lead: Lead, names: list[str], values: Values) -> tuple[list[Bools], Bools]:
    """Return where each group is the declared leader, and where that declaration is missing."""
    never = np.zeros(values.batch.size, np.bool_)
    if lead.declared is None:
        return [never] * len(names), never
    options = [option.id for option in values.compiled.questions[lead.declared].question.options]
    ends = [name.rpartition(".")[2] for name in names]
    chosen = [values.chosen(lead.declared, options.index(end)).yes if end in options else never for end in ends]
    first = values.chosen(lead.declared, 0)
    return chosen, ~(first.yes | first.no)
