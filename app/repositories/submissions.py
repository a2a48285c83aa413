"""Queries on submissions. Nothing here changes one, but for its being superseded."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload

from app.models import Submission


def find(session: Session, submission_id: uuid.UUID) -> Submission | None:
    """Return the submission with its assessment."""
    query = select(Submission).where(Submission.id == submission_id).options(joinedload(Submission.assessment))
    return session.scalar(query)


def of_assessment(session: Session, assessment_id: uuid.UUID) -> Submission | None:
    """Return the submission of an assessment; there is at most one."""
    return session.scalar(select(Submission).where(Submission.assessment_id == assessment_id))


def of_organisation(session: Session, organisation_id: uuid.UUID) -> Sequence[Submission]:
    """Return an enterprise's submissions without what is large, the latest first."""
    large = (Submission.result, Submission.answers, Submission.notes, Submission.enterprise)
    query = select(Submission).where(Submission.organisation_id == organisation_id)
    return session.scalars(query.options(*map(defer, large)).order_by(Submission.submitted_at.desc())).all()


def replaced_by(session: Session, submission_id: uuid.UUID) -> Submission | None:
    """Return the submission that this one replaced."""
    return session.scalar(select(Submission).where(Submission.superseded_by_id == submission_id))


def current(session: Session, organisation_id: uuid.UUID, slug: str, year: int, scope: str) -> Submission | None:
    """Return the latest submission of this questionnaire, year and scope that none supersedes."""
    query = select(Submission).where(
        Submission.organisation_id == organisation_id,
        Submission.slug == slug,
        Submission.year == year,
        Submission.scope == scope,
        Submission.superseded_by_id.is_(None),
    )
    return session.scalar(query.order_by(Submission.submitted_at.desc()).limit(1))


def supersede(session: Session, assessment_id: uuid.UUID, by: Submission, at: datetime) -> None:
    """Mark the submission of a corrected assessment as superseded."""
    old = of_assessment(session, assessment_id)
    if old is not None and old.superseded_by_id is None:
        old.superseded_by_id = by.id
        old.superseded_at = at
