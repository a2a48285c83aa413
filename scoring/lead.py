"""The `lead` aggregation: weight · L + (1 − weight) · max(L, best other), with L the value of the leading group.

The leader is the group whose share is largest among those known (ties: the higher value), else the declared one. An undeclared group, out
of scope, counts as the scale's minimum; one that is not applicable does not count. While required shares are missing every group that
may yet lead is considered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.columns import KNOWN, MISSING, Bools, Floats, ticks
from scoring.compiled import Inner
from scoring.model import Lead
from scoring.spread import Spread
from scoring.tables import HIGH, LIVE, LOW, NA
from scoring.values import Values


@dataclass(frozen=True, slots=True)
class Leaders:
    """Per group, where it leads for certain (or shares the lead) and where it may yet; and where the leader is not settled."""

    certain: dict[str, Bools]
    possible: dict[str, Bools]
    open: Bools


def leaders(inner: Inner, spreads: Mapping[str, Spread], values: Values) -> Leaders:
    """Return who leads among the groups of a node."""
    lead, groups = _lead(inner), [name for name, _ in inner.children]
    known, pending, shares = _shares(lead, groups, spreads, values)
    any_known, any_pending = _any(known, values), _any(pending, values)
    best = _largest(shares, known, values)
    declared, undeclared = _declared(lead, groups, values)
    certain, possible = {}, {}
    for name in groups:
        top = known[name] & (shares[name] == best)
        certain[name] = np.where(any_known, top, declared[name] & ~any_pending & ~_not_applicable(spreads[name]))
        possible[name] = pending[name] | (~any_known & (any_pending | undeclared))
    return Leaders(certain, possible, any_pending | (~any_known & undeclared))


def lead_values(inner: Inner, spreads: Mapping[str, Spread], values: Values) -> tuple[Floats, Floats, Bools]:
    """Return the lowest and highest value of a node and where its leader is not settled."""
    found, lead = leaders(inner, spreads, values), _lead(inner)
    scale, size = values.compiled.model.scale, values.batch.size
    sole_low, led_low, led_high = np.full(size, np.inf), np.full(size, -np.inf), np.full(size, -np.inf)
    best_low, best_high = np.full(size, scale.min), np.full(size, scale.min)
    for name, _ in inner.children:
        low, high = (_counted(spreads[name], edge, scale.min) for edge in (LOW, HIGH))
        led_low = np.where(found.certain[name], np.maximum(led_low, low), led_low)
        sole_low = np.where(found.possible[name], np.minimum(sole_low, low), sole_low)
        led_high = np.where(found.certain[name] | found.possible[name], np.maximum(led_high, high), led_high)
        best_low, best_high = np.maximum(best_low, low), np.maximum(best_high, high)
    led_low = np.minimum(np.where(np.isfinite(led_low), led_low, np.inf), sole_low)
    led_low, led_high = (np.where(np.isfinite(led), led, scale.min) for led in (led_low, led_high))
    rest = 1.0 - lead.weight
    return lead.weight * led_low + rest * best_low, lead.weight * led_high + rest * best_high, found.open


def _lead(inner: Inner) -> Lead:
    lead = inner.node.aggregation.lead
    if lead is None:
        raise ValueError(f"{inner.node.id} has no parameters for lead")
    return lead


def _shares(
    lead: Lead, groups: list[str], spreads: Mapping[str, Spread], values: Values
) -> tuple[dict[str, Bools], dict[str, Bools], dict[str, Floats]]:
    """Return per group where its share is known, where it is still to come, and the share in ticks."""
    known, pending, shares = {}, {}, {}
    for name in groups:
        slot = lead.shares.get(name)
        number = values.number(slot) if slot else None
        if number is None or slot is None:
            known[name] = pending[name] = np.zeros(values.batch.size, np.bool_)
            shares[name] = np.zeros(values.batch.size)
            continue
        required = values.compiled.questions[values.compiled.owners[slot]].question.required
        known[name] = (number.state == KNOWN) & ~_not_applicable(spreads[name])
        pending[name] = (number.state == MISSING) & required
        shares[name] = ticks(number.value)
    return known, pending, shares


def _declared(lead: Lead, groups: list[str], values: Values) -> tuple[dict[str, Bools], Bools]:
    """Return per group where it is the declared leader, and where that declaration is missing."""
    never = np.zeros(values.batch.size, np.bool_)
    if lead.declared is None:
        return dict.fromkeys(groups, never), never
    options = [option.id for option in values.compiled.questions[lead.declared].question.options]
    chosen = {option: values.questions.chosen(lead.declared, place) for place, option in enumerate(options)}
    missing = ~(chosen[options[0]].yes | chosen[options[0]].no)
    return {
        name: chosen[name.rpartition(".")[2]].yes if name.rpartition(".")[2] in chosen else never for name in groups
    }, missing


def _any(marks: Mapping[str, Bools], values: Values) -> Bools:
    result = np.zeros(values.batch.size, np.bool_)
    for mark in marks.values():
        result = result | mark
    return result


def _largest(shares: Mapping[str, Floats], known: Mapping[str, Bools], values: Values) -> Floats:
    largest = np.full(values.batch.size, -np.inf)
    for name, share in shares.items():
        largest = np.where(known[name], np.maximum(largest, share), largest)
    return largest


def _not_applicable(spread: Spread) -> Bools:
    result: Bools = (spread.block[:, LIVE] == 0) & (spread.block[:, NA] > 0)
    return result


def _counted(spread: Spread, edge: int, minimum: float) -> Floats:
    """Return a group's values, the scale's minimum where it is not live."""
    return np.where(spread.block[:, LIVE] > 0, spread.block[:, edge], minimum)
