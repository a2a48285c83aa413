"""What does not fit together in the answers: the broken consistency rules, where they are shown and whether they block submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.services import fields
from app.services.standing import question_of
from questionnaires.types import AnyQuestion, Consistency, Questionnaire, Section
from scoring.result import Finding, Result


@dataclass(frozen=True, slots=True)
class Concern:
    """A broken rule in a year (0 the reporting year; None: not by years).

    `fields` are the form fields of the questions and cells concerned; under the first question (`question`, in `section`) a note is
    written, `note` if there is one.
    """

    rule: Consistency
    year: int | None
    fields: tuple[str, ...]
    question: AnyQuestion
    section: Section
    note: str

    @property
    def blocks(self) -> bool:
        """Whether it keeps the answers from being submitted: an error always, what wants explaining until there is a note."""
        return self.rule.severity == "error" or (self.rule.severity == "explain" and not self.note)

    @property
    def wants_note(self) -> bool:
        """Whether it can be settled by explaining it."""
        return self.rule.severity == "explain"


def concerns(questionnaire: Questionnaire, result: Result, notes: Mapping[str, str]) -> tuple[Concern, ...]:
    """Return the broken rules in the questionnaire's order; `notes` are by question."""
    return tuple(_concern(questionnaire, one, notes) for one in result.findings if one.verdict == "broken")


def of_section(found: tuple[Concern, ...], section: Section) -> Iterator[tuple[str, Concern]]:
    """Yield the fields of a section at which something does not fit, with what it is."""
    own = {question.id for question in section.asked}
    for concern in found:
        for field in concern.fields:
            if field.partition(":")[0] in own:
                yield field, concern


def _concern(questionnaire: Questionnaire, finding: Finding, notes: Mapping[str, str]) -> Concern:
    rule = questionnaire.consistency[finding.rule]
    places = finding.at or tuple(place.partition("[")[0] for place in rule.at)
    name = question_of(questionnaire, places[0])
    return Concern(
        rule=rule,
        year=finding.year,
        fields=tuple(dict.fromkeys(_field(questionnaire, place) for place in places)),
        question=questionnaire.questions[name],
        section=questionnaire.section_of[name],
        note=notes.get(name, "").strip(),
    )


def _field(questionnaire: Questionnaire, place: str) -> str:
    """Return the name of a cell's field, or of the question that a row or column belongs to."""
    name = question_of(questionnaire, place)
    parts = place.removeprefix(name).strip(".").split(".")
    return fields.part(name, parts[0], parts[1]) if len(parts) == 2 else name
