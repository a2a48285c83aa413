"""Queries on statistics of regions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Statistic


def by_region(session: Session, question: str, year: int) -> dict[str, float]:
    """Return one figure of a year by region."""
    query = select(Statistic.region, Statistic.value).where(Statistic.question == question, Statistic.year == year)
    return {row.region: row.value for row in session.execute(query)}


def of_regions(session: Session, regions: Sequence[str], year: int | None = None) -> Sequence[Statistic]:
    """Return the figures of regions, of one year or all, in a fixed order."""
    query = select(Statistic).where(Statistic.region.in_(regions))
    if year is not None:
        query = query.where(Statistic.year == year)
    return session.scalars(query.order_by(Statistic.region, Statistic.year, Statistic.question)).all()
