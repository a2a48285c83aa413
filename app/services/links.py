"""Measures that one questionnaire reads from another's submitted result: same enterprise, year and scope."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.models import Assessment, Submission
from app.repositories import submissions
from questionnaires.types import Number, Questionnaire, Table
from scoring.answers import LinkedValue
from scoring.freeze import Plain
from scoring.result import Result

READABLE = {"level", "index", "measured"}
"""Outcomes that a link reads; a vetoed or unrateable result is left alone and the fall-back used."""


def links_of(session: Session, assessment: Assessment, questionnaire: Questionnaire) -> dict[str, LinkedValue]:
    """Return, by indicator, number or cell, the linked values that there are."""
    links = questionnaire.links
    key = (assessment.year, assessment.scope)
    slugs = dict.fromkeys(link.slug for link in links.values())
    sources = {slug: submissions.current(session, assessment.organisation_id, slug, *key) for slug in slugs}
    found = {name: _measure(source, link.measure) for name, link in links.items() if (source := sources[link.slug])}
    return {name: value for name, value in found.items() if value is not None}


def _measure(source: Submission, measure: str) -> LinkedValue | None:
    value = _value(source.result, measure) if source.outcome in READABLE else None
    if value is None:
        return None
    origin = {
        "slug": source.slug,
        "version": source.version,
        "digest": source.digest,
        "submission": str(source.id),
        "number": source.number,
        "submitted_at": source.submitted_at.isoformat(),
        "submitted": source.submitted_at.isoformat(),
        "measure": measure,
    }
    return LinkedValue(value, origin)


def _value(result: Plain, name: str) -> float | None:
    """Return what a frozen result has under a name: a measure, of the reporting year unless the name says another, or a node."""
    measures = result.get("measures", {})
    found = measures.get(name) or measures.get(f"{name}.y0") or result["nodes"].get(name) or {}
    value: float | None = found.get("value") if found.get("raw") is None else found["raw"]
    return value


def merged(questionnaire: Questionnaire, answers: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """Return the answers with the linked figures that the result was made of in the place of what was typed."""
    read = {step.id: step.output for step in result.trace if step.rule == "linked"}
    both = dict(answers)
    for question in questionnaire.questions.values():
        if isinstance(question, Number | Table) and (cells := [name for name in question.linked if name in read]):
            both[question.id] = (
                read[question.id]
                if isinstance(question, Number)
                else _table(question, answers.get(question.id), {cell: read[cell] for cell in cells})
            )
    return {name: both[name] for name in questionnaire.questions if name in both}


def _table(table: Table, typed: Any, read: Mapping[str, float | None]) -> dict[str, Any]:
    """Return a table's rows with what was read; a table typed as not applicable has none of its own."""
    rows = {row.id: dict((typed or {}).get(row.id, {})) for row in table.rows}
    for cell, value in read.items():
        row, column = cell.removeprefix(f"{table.id}.").split(".")
        rows[row][column] = value
    return {row: cells for row, cells in rows.items() if cells}


@dataclass(frozen=True, slots=True)
class Outdated:
    """A submission that a result was read from and that was corrected since."""

    source: Submission
    later: Submission


def outdated(session: Session, submission: Submission) -> tuple[Outdated, ...]:
    """Return what a frozen result was read from and is superseded by now; the result itself stays as it is."""
    return tuple(
        Outdated(source, later)
        for name in dict.fromkeys(_sources(submission.result))
        if (source := submissions.find(session, uuid.UUID(name)))
        and source.superseded_by_id
        and (later := submissions.find(session, source.superseded_by_id))
    )


def _sources(result: Plain) -> Iterator[str]:
    for step in result["trace"]:
        if step["rule"] == "linked":
            yield step["detail"]["source"]["submission"]
