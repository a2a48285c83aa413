from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from questionnaires.checks.ids import asked_by
from questionnaires.faults import Fault
from questionnaires.types import Ladder, Need, Questionnaire

Rung = tuple[str, int]


def ladders(questionnaire: Questionnaire) -> dict[str, Ladder]:
    """Return the ladder of each indicator that reads one, by the indicator's id."""
    asked = {one.id: asked_by(questionnaire, one) for one in questionnaire.indicators.values()}
    return {name: question for name, question in asked.items() if isinstance(question, Ladder)}


def ladders_agree(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a warning for a ladder with another number of levels than most, and faults of findings."""
    found = ladders(questionnaire).values()
    usual = Counter(len(ladder.levels) for ladder in found).most_common(1)
    for ladder in found:
        if len(ladder.levels) != usual[0][0]:
            yield ladder.place.at("levels").fault("ladder-levels", found=len(ladder.levels), expected=usual[0][0])
    expected = list(range(len(questionnaire.levels)))
    for domain in questionnaire.domains:
        numbers = [finding.level for finding in domain.findings]
        if numbers and numbers != expected:
            shown = {"found": _listed(numbers), "expected": _listed(expected)}
            yield domain.place.at("findings").fault("findings", **shown)


def needs_can_be_met(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every prerequisite out of range, and for every circle of them."""
    known = ladders(questionnaire)
    graph: dict[Rung, set[Rung]] = {}
    for name, ladder in known.items():
        for number, level in enumerate(ladder.levels, start=1):
            below = {(name, number - 1)} if number > 1 else set()
            graph[name, number] = below | {(need.indicator, need.level) for need in level.needs}
            yield from _out_of_range(known, level.needs)
    yield from _circle(known, graph)


def _out_of_range(known: dict[str, Ladder], needs: tuple[Need, ...]) -> Iterator[Fault]:
    for need in needs:
        levels = len(known[need.indicator].levels) if need.indicator in known else 0
        if levels and not 1 <= need.level <= levels:
            yield need.place.at("level").fault("needs-level", id=need.indicator, found=need.level, levels=levels)


def _circle(known: dict[str, Ladder], graph: dict[Rung, set[Rung]]) -> Iterator[Fault]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        chain: list[Rung] = error.args[1][::-1]
        name, number = next((rung for rung, below in pairwise(chain) if below[0] != rung[0]), chain[0])
        shown = " → ".join(f"{one} {level}" for one, level in chain)
        yield known[name].levels[number - 1].place.at("needs").fault("needs-cycle", chain=shown)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "–"
