"""Queries on assessments."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from app.models import Assessment


def find(session: Session, assessment_id: uuid.UUID) -> Assessment | None:
    """Return the assessment with its enterprise."""
    query = select(Assessment).where(Assessment.id == assessment_id).options(joinedload(Assessment.organisation))
    return session.scalar(query)


def lock(session: Session, assessment_id: uuid.UUID) -> Assessment | None:
    """Return the assessment as it is now; nobody else can change it or its answers until the transaction ends."""
    query = select(Assessment).where(Assessment.id == assessment_id).options(joinedload(Assessment.organisation))
    return session.scalar(query.with_for_update(of=Assessment).execution_options(populate_existing=True))


def of_organisation(session: Session, organisation_id: uuid.UUID) -> Sequence[Assessment]:
    """Return an enterprise's assessments, the latest year and then the latest change first."""
    query = select(Assessment).where(Assessment.organisation_id == organisation_id)
    return session.scalars(query.order_by(Assessment.year.desc(), Assessment.updated_at.desc(), Assessment.id)).all()


def draft(session: Session, organisation_id: uuid.UUID, slug: str, year: int, scope: str) -> Assessment | None:
    """Return the open draft of this questionnaire, year and scope; there is at most one."""
    return session.scalar(
        select(Assessment).where(
            Assessment.organisation_id == organisation_id,
            Assessment.slug == slug,
            Assessment.year == year,
            Assessment.scope == scope,
            Assessment.status == "draft",
        )
    )


def correcting(session: Session, assessment_id: uuid.UUID) -> Assessment | None:
    """Return the open draft that corrects this submitted assessment."""
    return session.scalar(
        select(Assessment).where(Assessment.corrects_id == assessment_id, Assessment.status == "draft")
    )


def successor(session: Session, replaced: Assessment) -> Assessment | None:
    """Return the assessment that a draft was moved to: it was made at the very moment the draft was closed."""
    return session.scalar(
        select(Assessment).where(
            Assessment.organisation_id == replaced.organisation_id,
            Assessment.slug == replaced.slug,
            Assessment.year == replaced.year,
            Assessment.scope == replaced.scope,
            Assessment.created_at == replaced.updated_at,
            Assessment.id != replaced.id,
        )
    )


def remove(session: Session, assessment_id: uuid.UUID) -> None:
    """Delete an assessment; the database deletes its answers and events with it."""
    session.execute(
        delete(Assessment).where(Assessment.id == assessment_id), execution_options={"synchronize_session": False}
    )
