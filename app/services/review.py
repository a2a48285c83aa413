"""What stands between a draft and its submission: gaps, unfinished answers, and figures to look at twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.services import fields as names
from app.services.consistency import Concern
from app.services.drafts import Draft
from app.services.standing import question_of
from questionnaires.types import AnyQuestion, Checklist, Indicator, Section, Table


@dataclass(frozen=True, slots=True)
class Gap:
    """A question with what of it is missing; `field` is where to go, `count` how many cells or clauses are blank (0: the whole)."""

    question: AnyQuestion
    field: str
    count: int
    unfinished: bool


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A question, or a group of a checklist, that was answered as not applicable."""

    question: AnyQuestion
    group: str
    reason: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A computed indicator whose value comes from a rule for the undefined: worth a second look. `rule` counts from 0."""

    indicator: Indicator
    rule: int


@dataclass(frozen=True)
class Review:
    """A draft before submission."""

    draft: Draft
    gaps: tuple[tuple[Section, tuple[Gap, ...]], ...]
    not_applicable: tuple[NotApplicable, ...]
    settled: tuple[Settled, ...]
    vetoes: tuple[str, ...]
    concerns: tuple[Concern, ...]
    """What does not fit together."""

    @property
    def ready(self) -> bool:
        return not self.gaps and not any(concern.blocks for concern in self.concerns)


def review(draft: Draft) -> Review:
    """Return what is missing and what to check."""
    result = draft.standing.result
    return Review(
        draft=draft,
        gaps=tuple(_sections(draft)),
        not_applicable=tuple(_not_applicable(draft)),
        settled=tuple(_settled(draft)),
        vetoes=tuple(gate.id for gate in result.gates if gate.kind == "veto" and gate.verdict == "hit"),
        concerns=draft.concerns,
    )


def _sections(draft: Draft) -> Iterator[tuple[Section, tuple[Gap, ...]]]:
    gaps = dict(_gaps(draft))
    for section in draft.questionnaire.sections:
        found = tuple(gaps[question.id] for question in section.asked if question.id in gaps)
        if found:
            yield section, found


def _gaps(draft: Draft) -> Iterator[tuple[str, Gap]]:
    blank: dict[str, list[str]] = {}
    for name in draft.standing.result.missing:
        blank.setdefault(question_of(draft.questionnaire, name), []).append(name)
    unfinished = set(draft.unfinished)
    for name in dict.fromkeys((*blank, *unfinished)):
        question, missing = draft.questionnaire.questions[name], blank.get(name, [])
        partly = isinstance(question, Checklist | Table) and name in draft.stored
        count = len(missing) if partly and missing != [name] else 0
        yield name, Gap(question, _field(question, missing), count, unfinished=name in unfinished)


def _field(question: AnyQuestion, missing: list[str]) -> str:
    """Return the name of the first blank field."""
    if not missing or missing[0] == question.id or not isinstance(question, Checklist | Table):
        return question.id
    outer, inner = missing[0].removeprefix(f"{question.id}.").split(".", 1)
    return names.part(question.id, outer, inner)


def _not_applicable(draft: Draft) -> Iterator[NotApplicable]:
    for question in draft.questionnaire.questions.values():
        value = draft.stored[question.id].value if question.id in draft.stored else None
        if question.id not in draft.standing.asked or not isinstance(value, dict):
            continue
        if isinstance(value.get("na"), str):
            yield NotApplicable(question, "", value["na"])
        elif isinstance(question, Checklist):
            for group in question.groups:
                if isinstance(reason := value.get(group.id, {}).get("na"), str):
                    yield NotApplicable(question, group.id, reason)


def _settled(draft: Draft) -> Iterator[Settled]:
    result = draft.standing.result
    places = {step.id: int(step.detail["rule"]) for step in result.trace if step.rule == "undefined"}
    for indicator in draft.questionnaire.indicators.values():
        node = result.nodes[indicator.id]
        if node.reason and node.reason.startswith("undefined:"):
            places[indicator.id] = int(node.reason.partition(":")[2])
        if indicator.id in places:
            yield Settled(indicator, places[indicator.id])
