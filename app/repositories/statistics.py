"""Queries on statistics of regions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.models import RegionUpload, Statistic


def by_region(session: Session, question: str, year: int) -> dict[str, float]:
    """Return one figure of a year by region."""
    query = select(Statistic.region, Statistic.value).where(Statistic.question == question, Statistic.year == year)
    return {row.region: row.value for row in session.execute(query)}


def stored(session: Session, regions: Sequence[str], years: Sequence[int]) -> dict[tuple[str, int, str], Statistic]:
    """Return the figures of regions and years by region, year and question."""
    query = select(Statistic).where(Statistic.region.in_(regions), Statistic.year.in_(years))
    return {(one.region, one.year, one.question): one for one in session.scalars(query)}


def years(session: Session, regions: Sequence[str]) -> Sequence[int]:
    """Return the years of which there are figures of any of the regions, the newest first."""
    query = select(Statistic.year).where(Statistic.region.in_(regions)).distinct().order_by(Statistic.year.desc())
    return session.scalars(query).all()


def upload(session: Session, upload_id: uuid.UUID) -> RegionUpload | None:
    """Return a file that waits for a yes."""
    return session.get(RegionUpload, upload_id)


def take(session: Session, upload_id: uuid.UUID) -> bool:
    """Take a file away; False when somebody else did."""
    found = session.execute(delete(RegionUpload).where(RegionUpload.id == upload_id).returning(RegionUpload.id))
    return found.first() is not None


def forget(session: Session, user_id: uuid.UUID, before: datetime) -> None:
    """Delete what this person uploaded earlier, and everybody's leftovers from before a moment."""
    gone = or_(RegionUpload.user_id == user_id, RegionUpload.at < before)
    session.execute(delete(RegionUpload).where(gone))
