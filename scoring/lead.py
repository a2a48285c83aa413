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
from scoring.tables import HIGH, LOW
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


def lead_values(inner: Inner, spreads: Mapping[str, Spread], values: Values) -> tuple[Floats, Bools]:
    """Return the lowest and highest value of a node (2, n) and where its leader is not settled."""
    found, lead, minimum = leaders(inner, spreads, values), _lead(inner), values.compiled.model.scale.min
    size = values.batch.size
    led, best = np.full((2, size), -np.inf), np.full((2, size), minimum)
    sole = np.full(size, np.inf)
    for name, _ in inner.children:
        counted = np.where(spreads[name].live, spreads[name].edges, minimum)
        certain, possible = found.certain[name], found.possible[name]
        led[LOW] = np.where(certain, np.maximum(led[LOW], counted[LOW]), led[LOW])
        led[HIGH] = np.where(certain | possible, np.maximum(led[HIGH], counted[HIGH]), led[HIGH])
        sole = np.where(possible, np.minimum(sole, counted[LOW]), sole)
        best = np.maximum(best, counted)
    led[LOW] = np.minimum(np.where(np.isfinite(led[LOW]), led[LOW], np.inf), sole)
    led = np.where(np.isfinite(led), led, minimum)
    return lead.weight * led + (1.0 - lead.weight) * best, found.open


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
    result: Bools = ~spread.live & (spread.na > 0)
    return result
