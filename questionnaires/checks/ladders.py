from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from questionnaires.checks.ids import asked_by
from questionnaires.faults import Fault
from questionnaires.types import Finding, Ladder, Need, Questionnaire

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
    for domain in questionnaire.domains:
        if domain.findings and not _complete(questionnaire, domain.findings):
            place = domain.place.at("findings")
            yield place.fault("findings", found=_parts(domain.findings), expected=_needed(questionnaire))


def _complete(questionnaire: Questionnaire, findings: tuple[Finding, ...]) -> bool:
    """Whether there is one finding a level, or, without levels, for every part of the scale from its minimum up."""
    if questionnaire.levels:
        return [one.level for one in findings] == list(range(len(questionnaire.levels))) and not any(
            one.lower is not None for one in findings
        )
    lowers = [one.lower for one in findings if one.lower is not None and one.level is None]
    ascending = all(first < second for first, second in pairwise(lowers))
    return (
        len(lowers) == len(findings)
        and ascending
        and lowers[0] == questionnaire.scale.min
        and lowers[-1] < questionnaire.scale.max
    )


def _needed(questionnaire: Questionnaire) -> str:
    if questionnaire.levels:
        return _listed(list(range(len(questionnaire.levels))))
    return f"from: {questionnaire.scale.min:g} < … < {questionnaire.scale.max:g}"


def _parts(findings: tuple[Finding, ...]) -> str:
    return ", ".join(
        f"{one.level}" if one.level is not None else f"from: {one.lower:g}" if one.lower is not None else "–"
        for one in findings
    )


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
