"""What departments see and publish: results by region, statistics of regions, releases, and who may see which subtree."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.accounts import Organisation, User
from app.models.types import Id, Json, Moment


class Department(Base):
    """A local industry department; it sees its own region's subtree live and named."""

    __tablename__ = "departments"
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120))
    region: Mapped[str] = mapped_column(String(6), unique=True)
    """Code of GB/T 2260; `000000` for the whole country."""
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)


class DepartmentMember(Base):
    """An official of a department."""

    __tablename__ = "department_members"
    __table_args__ = (UniqueConstraint("department_id", "user_id"),)
    id: Mapped[Id]
    department_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("departments.id", ondelete="CASCADE"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    department: Mapped[Department] = relationship()
    user: Mapped[User] = relationship()


class EnterpriseResult(Base):
    """The latest submitted result of an enterprise for one questionnaire, year and scope, in the columns that are compared.

    Revenues are in 万元, None where not known. `digest` identifies the submission: any change of it is a resubmission.
    """

    __tablename__ = "enterprise_results"
    __table_args__ = (
        UniqueConstraint("organisation_id", "slug", "year", "scope"),
        Index("ix_enterprise_results_cohort", "slug", "scope", "year", "region"),
        Index("ix_enterprise_results_at", "at"),
    )
    id: Mapped[Id]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    submission_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"))
    """None for synthetic enterprises, of which only the result is kept."""
    slug: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    scope: Mapped[str] = mapped_column(String(12))
    region: Mapped[str] = mapped_column(String(6))
    industry: Mapped[str] = mapped_column(String(2))
    size: Mapped[str] = mapped_column(String(6))
    outcome: Mapped[str] = mapped_column(String(16))
    level: Mapped[int | None]
    score: Mapped[float | None]
    dimensions: Mapped[Any] = mapped_column(Json)
    """Scores by dimension."""
    service_revenue: Mapped[float | None]
    operating_revenue: Mapped[float | None]
    digest: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    organisation: Mapped[Organisation] = relationship()


class Statistic(Base):
    """A figure of a region and year, entered or imported by a department, with its source."""

    __tablename__ = "statistics"
    __table_args__ = (UniqueConstraint("question", "year", "region"),)
    id: Mapped[Id]
    region: Mapped[str] = mapped_column(String(6), index=True)
    year: Mapped[int]
    question: Mapped[str] = mapped_column(String(120))
    value: Mapped[float]
    source: Mapped[str] = mapped_column(String(200))
    published: Mapped[date | None]
    """The day on which its publisher made it public; None while it is not public."""
    department_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("departments.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)
    demo: Mapped[bool] = mapped_column(default=False)


class RegionUpload(Base):
    """A file of statistics whose changes somebody looks at; read again when they are confirmed, then deleted."""

    __tablename__ = "region_uploads"
    id: Mapped[Id]
    department_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("departments.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))
    published: Mapped[date | None]
    values: Mapped[Any] = mapped_column(Json)
    """What the file says, once it was found sound: a list of region, year, question and value."""
    at: Mapped[datetime] = mapped_column(Moment)


class Release(Base):
    """A published table of one questionnaire, year and scope, suppressed as a whole; it never changes."""

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("slug", "year", "scope", "number"),)
    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80))
    year: Mapped[int]
    scope: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    """1, 2, … within questionnaire, year and scope."""
    note: Mapped[str] = mapped_column(Text, default="")
    cells: Mapped[Any] = mapped_column(Json)
    """What is published (`scoring.disclosure.release_to_plain`); everything else is suppressed."""
    ledger: Mapped[Any] = mapped_column(Json, deferred=True)
    """Secret: what the next release needs to know of this one."""
    enterprises: Mapped[int]
    demo: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
