"""Queries on results by region."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session, contains_eager

from app.models import EnterpriseResult, Organisation

COMPARED: Final = (
    EnterpriseResult.organisation_id,
    EnterpriseResult.region,
    EnterpriseResult.industry,
    EnterpriseResult.size,
    EnterpriseResult.level,
    EnterpriseResult.score,
    EnterpriseResult.service_revenue,
    EnterpriseResult.operating_revenue,
    EnterpriseResult.digest,
    EnterpriseResult.at,
)


def replace(session: Session, result: EnterpriseResult) -> None:
    """Store a result in the place of the earlier one of the same enterprise, questionnaire, year and scope."""
    session.execute(
        delete(EnterpriseResult).where(
            EnterpriseResult.organisation_id == result.organisation_id,
            EnterpriseResult.slug == result.slug,
            EnterpriseResult.year == result.year,
            EnterpriseResult.scope == result.scope,
        )
    )
    session.add(result)
    session.flush()


def add_many(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Insert many results at once."""
    session.execute(insert(EnterpriseResult), list(rows))


def compared(session: Session, slug: str, scope: str, year: int, since: datetime | None = None) -> Sequence[Any]:
    """Return the columns that are compared, of the results with a level; only those stored at `since` or later."""
    query = select(*COMPARED).where(
        EnterpriseResult.slug == slug,
        EnterpriseResult.scope == scope,
        EnterpriseResult.year == year,
        EnterpriseResult.outcome == "level",
    )
    if since is not None:
        query = query.where(EnterpriseResult.at >= since)
    return session.execute(query.order_by(EnterpriseResult.organisation_id)).all()


def number(session: Session, slug: str, scope: str, year: int) -> int:
    """Return how many results with a level there are."""
    found = session.scalar(
        select(func.count())
        .select_from(EnterpriseResult)
        .where(
            EnterpriseResult.slug == slug,
            EnterpriseResult.scope == scope,
            EnterpriseResult.year == year,
            EnterpriseResult.outcome == "level",
        )
    )
    return found or 0


def years(session: Session, slug: str, scope: str) -> list[int]:
    """Return the years that have results, newest first."""
    query = (
        select(EnterpriseResult.year).where(EnterpriseResult.slug == slug, EnterpriseResult.scope == scope).distinct()
    )
    return sorted(session.scalars(query), reverse=True)


def within(session: Session, slug: str, scope: str, year: int, prefix: str) -> Sequence[EnterpriseResult]:
    """Return the results in a subtree with their enterprises, by name; `prefix` begins the codes of its regions."""
    query = (
        select(EnterpriseResult)
        .join(Organisation)
        .where(
            EnterpriseResult.slug == slug,
            EnterpriseResult.scope == scope,
            EnterpriseResult.year == year,
            EnterpriseResult.region.startswith(prefix, autoescape=True),
        )
        .options(contains_eager(EnterpriseResult.organisation))
        .order_by(Organisation.name)
    )
    return session.scalars(query).all()
