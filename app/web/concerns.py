"""What does not fit together, in words: for the review, and at the cells of the form."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import Translator
from app.services import fields as names
from app.services.consistency import Concern
from app.services.drafts import Draft
from questionnaires.types import Column, Table


@dataclass(frozen=True, slots=True)
class ConcernView:
    """What must hold, how to mend it, and the way there; `fields` are the names of the form fields concerned."""

    id: str
    text: str
    mend: str
    year: int | None
    state: str
    severity: str
    note: str
    fields: tuple[str, ...]
    places: list[tuple[str, str]]
    blocks: bool
    note_field: str
    """Where it is explained; empty where explaining does not settle it."""


def concern_id(concern: Concern) -> str:
    """Return the id of the words about a concern on a page."""
    return f"concern-{concern.rule.id}-{concern.year or 0}"


def concern_view(draft: Draft, concern: Concern, translator: Translator) -> ConcernView:
    """Return a concern in the visitor's language."""
    rule, language = concern.rule, translator.language
    return ConcernView(
        id=concern_id(concern),
        text=rule.text.get(language),
        mend=rule.mend.get(language),
        year=None if concern.year is None else draft.assessment.year + concern.year,
        state=_state(concern, translator),
        severity=rule.severity,
        note=concern.note if rule.severity == "explain" else "",
        fields=concern.fields,
        places=[(_name(draft, name, translator), _way(draft, name)) for name in concern.fields],
        blocks=concern.blocks,
        note_field=_way(draft, names.note(concern.question.id)) if concern.wants_note else "",
    )


def column_name(column: Column, year: int, translator: Translator) -> str:
    """Return the head of a column, that of a year with the calendar year in front."""
    label = column.label.get(translator.language)
    return label if column.year is None else f"{translator.say('%(year)s 年', year=year + column.year)} {label}"


def _state(concern: Concern, translator: Translator) -> str:
    """Say what the concern asks for."""
    if concern.rule.severity == "error":
        return translator.say("须改正")
    if concern.rule.severity == "warning":
        return translator.say("提醒，不影响提交")
    return translator.say("已写明原因") if concern.note else translator.say("须改正或写明原因")


def _name(draft: Draft, field: str, translator: Translator) -> str:
    """Return the name of a question, of a cell with its row and column."""
    name, *parts = field.split(":")
    question = draft.questionnaire.questions[name]
    title = question.name.get(translator.language)
    if not parts or not isinstance(question, Table):
        return title
    rows = {row.id: row.label.get(translator.language) for row in question.rows}
    columns = {column.id: column_name(column, draft.assessment.year, translator) for column in question.columns}
    return " · ".join((title, rows[parts[0]], columns[parts[1]]))


def _way(draft: Draft, field: str) -> str:
    section = draft.questionnaire.section_of[field.partition(":")[0]]
    anchor = field if ":" in field else f"q-{field}"
    return f"/assessments/{draft.assessment.id}/sections/{section.id}#{anchor}"
