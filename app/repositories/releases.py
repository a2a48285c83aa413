"""Queries on releases."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.models import Release


def of(session: Session, slug: str, year: int, scope: str) -> Sequence[Release]:
    """Return the releases of a questionnaire, year and scope, the newest first."""
    query = select(Release).where(Release.slug == slug, Release.year == year, Release.scope == scope)
    return session.scalars(query.order_by(Release.number.desc())).all()


def with_ledgers(session: Session, slug: str, year: int, scope: str) -> Sequence[Release]:
    """Return the releases of a questionnaire, year and scope with their secret ledgers, the oldest first."""
    query = select(Release).where(Release.slug == slug, Release.year == year, Release.scope == scope)
    return session.scalars(query.options(undefer(Release.ledger)).order_by(Release.number)).all()


def every(session: Session, slug: str) -> Sequence[Release]:
    """Return all releases of a questionnaire, the newest year and release first."""
    query = select(Release).where(Release.slug == slug)
    return session.scalars(query.order_by(Release.year.desc(), Release.scope, Release.number.desc())).all()
