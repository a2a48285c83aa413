"""Measures that one questionnaire reads from another's submitted result: same enterprise, year and scope."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.models import Assessment, Submission
from app.repositories import submissions
from questionnaires.types import Questionnaire
from scoring.answers import LinkedValue

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
    node = source.result["nodes"].get(measure)
    if source.outcome not in READABLE or node is None:
        return None
    value = node["raw"] if node["raw"] is not None else node["value"]
    if value is None:
        return None
    origin = {
        "slug": source.slug,
        "version": source.version,
        "digest": source.digest,
        "submission": str(source.id),
        "number": source.number,
        "measure": measure,
    }
    return LinkedValue(value, origin)
