from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from questionnaires.faults import Fault
from questionnaires.types import CapDomain, CapSteps, Expect, Questionnaire


def gates_can_act(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every gate whose level does not exist or that nothing falls under."""
    levels = [level.number for level in questionnaire.levels]
    heaviest = max((domain.weight for domain in questionnaire.domains), default=0.0)
    for gate in questionnaire.gates:
        if isinstance(gate, CapDomain) and gate.min_weight > heaviest:
            yield gate.place.at("min_weight").fault("gate-empty", found=f"{gate.min_weight:g}")
        if isinstance(gate, Expect) and gate.level not in levels:
            yield gate.place.at("level").fault("gate-level", found=gate.level, expected=_listed(levels))
        if isinstance(gate, CapSteps):
            yield from _steps(gate, levels)


def _steps(gate: CapSteps, levels: list[int]) -> Iterator[Fault]:
    for step in gate.steps:
        if step.level not in levels[1:]:
            yield step.place.at("level").fault("gate-level", found=step.level, expected=_listed(levels[1:]))
    for before, step in pairwise(gate.steps):
        if step.level <= before.level:
            yield step.place.at("level").fault("gate-level", found=step.level, expected=f"> {before.level}")


def _listed(levels: list[int]) -> str:
    return ", ".join(map(str, levels)) or "–"
