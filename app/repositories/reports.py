"""Queries on reports: the queue is the table itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, undefer

from app.models import Report, ReportStatus, Submission


def find(session: Session, report_id: uuid.UUID) -> Report | None:
    """Return the report without its bytes."""
    return session.get(Report, report_id)


def with_file(session: Session, report_id: uuid.UUID) -> Report | None:
    """Return the report with its bytes."""
    return session.scalar(select(Report).where(Report.id == report_id).options(undefer(Report.pdf)))


def lock(session: Session, report_id: uuid.UUID) -> Report | None:
    """Return the report as nobody else can change it until the transaction ends."""
    return session.scalar(select(Report).where(Report.id == report_id).with_for_update())


def of_submission(session: Session, submission_id: uuid.UUID) -> Sequence[Report]:
    """Return a submission's reports by language."""
    return session.scalars(select(Report).where(Report.submission_id == submission_id).order_by(Report.language)).all()


def in_language(session: Session, submission_id: uuid.UUID, language: str) -> Report | None:
    """Return the report of a submission in one language."""
    return session.scalar(select(Report).where(Report.submission_id == submission_id, Report.language == language))


def submission(session: Session, report: Report) -> Submission:
    """Return what the report is of."""
    query = select(Submission).where(Submission.id == report.submission_id).options(joinedload(Submission.organisation))
    return session.scalars(query).one()


def is_waiting(session: Session, now: datetime) -> bool:
    """Whether there is work: cheap, and without any lock."""
    return session.scalar(select(Report.id).where(_claimable(now)).limit(1)) is not None


def next_waiting(session: Session, now: datetime) -> Report | None:
    """Return the oldest report to take up, locked; rows that another worker is taking are passed over.

    SQLite has no row locks and ignores the clause: there the transaction itself holds the only write lock.
    """
    query = select(Report).where(_claimable(now)).order_by(Report.created_at, Report.id).limit(1)
    return session.scalar(query.with_for_update(skip_locked=True))


def _claimable(now: datetime) -> ColumnElement[bool]:
    abandoned = and_(Report.status == ReportStatus.RENDERING, Report.lease_until < now)
    return or_(Report.status == ReportStatus.QUEUED, abandoned)
