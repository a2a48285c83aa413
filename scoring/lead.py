"""The `lead` aggregation: weight · L + (1 − weight) · max(L, best other), with L the value of the leading group.

The leader is the group whose share is largest among those known (ties: the higher value), else the declared one. An undeclared group, out
of scope, counts as the scale's minimum; one that is not applicable does not count. While required shares are missing every group that
may yet lead is considered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.columns import KNOWN, MISSING, Bools, Floats, some, ticks
from scoring.compiled import Inner
from scoring.model import Lead, Scale
from scoring.questions import NO_CODE
from scoring.spread import FAR, Spread
from scoring.tables import HIGH, LOW
from scoring.values import Values

Mask = NDArray[np.bool_]
"""A truth per group and row (groups, n)."""


@dataclass(frozen=True, slots=True)
class Leaders:
    """Where each group leads for certain (or shares the lead) and where it may yet (groups, n), and where that is open (n)."""

    certain: Mask
    possible: Mask
    open: Bools


def leaders(inner: Inner, groups: list[Spread], values: Values) -> Leaders:
    """Return who leads among the groups of a node, given in the order of its children."""
    usable = np.array([group.live | (group.na == 0) for group in groups])
    shares = _shares(inner, usable, values)
    any_known, any_pending = np.logical_or.reduce(shares.known), np.logical_or.reduce(shares.pending)
    declared, undeclared = _declared(inner, values)
    settled, unsettled = ~any_known & ~any_pending, ~any_known & (any_pending | undeclared)
    return Leaders(
        certain=(shares.known & (shares.size == np.maximum.reduce(shares.size))) | (declared & usable & settled),
        possible=shares.pending | unsettled,
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


class _Shares(NamedTuple):
    """The groups' shares in ticks (far below all others where not known), where they are known, and where still to come (groups, n)."""

    size: Floats
    known: Mask
    pending: Mask


def _shares(inner: Inner, usable: Mask, values: Values) -> _Shares:
    slots = [_lead(inner).shares[name] for name, _ in inner.children]
    numbers = [values.number(slot) for slot in slots]
    size, state = ticks(np.array([number.value for number in numbers])), np.array([number.state for number in numbers])
    known = (state == KNOWN) & usable
    size[~known] = -FAR
    required = [values.compiled.questions[values.compiled.owners[slot]].question.required for slot in slots]
    return _Shares(size, known, (state == MISSING) & np.array(required)[:, None])


def _declared(inner: Inner, values: Values) -> tuple[Mask, Bools]:
    """Return where each group is the declared leader (groups, n), and where that declaration is missing (n)."""
    question, never = _lead(inner).declared, np.zeros(values.batch.size, np.bool_)
    if question is None:
        return np.array([never] * len(inner.children)), never
    options = values.compiled.questions[question].codes
    ends = [name.rpartition(".")[2] for name, _ in inner.children]
    codes, places = values.questions.codes(question), np.array([[options.get(end, -1)] for end in ends])
    return codes == places, codes == NO_CODE
