"""Measures that one questionnaire reads from another's submitted result: same enterprise, year and scope."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models import Assessment, Submission
from app.repositories import submissions
from questionnaires.types import Questionnaire
from scoring.answers import LinkedValue
from scoring.freeze import Plain

READABLE = {"level", "index", "measured"}
"""Outcomes that a link reads; a vetoed or unrateable result is left alone and the fall-back used."""


def links_of(session: Session, assessment: Assessment, questionnaire: Questionnaire) -> dict[str, LinkedValue]:
    """Return, by indicator, the linked values that there are."""
    found = {}
    for indicator in questionnaire.indicators.values():
        if indicator.link is None:
            continue
        source = submissions.current(
            session, assessment.organisation_id, indicator.link.slug, assessment.year, assessment.scope
        )
        value = _measure(source, indicator.link.measure) if source else None
        if value is not None:
            found[indicator.id] = value
    return found


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
