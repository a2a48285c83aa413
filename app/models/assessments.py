"""Assessments, their answers as events and current rows, and the frozen submissions."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.accounts import Organisation, User
from app.models.types import Id, Json, Moment, Plain


class Assessment(Base):
    """One questionnaire version filled in by one enterprise for one year and scope; pins slug, version and digest."""

    __tablename__ = "assessments"
    __table_args__ = (
        Index("ix_assessments_cohort", "slug", "year", "scope"),
        # One open draft per enterprise, questionnaire, year and scope, however often the button is pressed.
        Index(
            "uq_assessments_draft",
            "organisation_id",
            "slug",
            "year",
            "scope",
            unique=True,
            sqlite_where=text("status = 'draft'"),
            postgresql_where=text("status = 'draft'"),
        ),
    )
    id: Mapped[Id]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    year: Mapped[int]
    scope: Mapped[str] = mapped_column(String(12))
    """`entity` or `consolidated`."""
    entities: Mapped[str] = mapped_column(Text, default="")
    audited: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(12), default="draft")
    """`draft`, `submitted`, or `replaced`: a draft that was moved to a newer version and is kept to read."""
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("assessments.id"))
    """The submitted assessment whose submission this draft will supersede."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    updated_at: Mapped[datetime] = mapped_column(Moment)
    organisation: Mapped[Organisation] = relationship()
    answers: Mapped[list[Answer]] = relationship(back_populates="assessment")


class Answer(Base):
    """The current answer to a question. `value` None means that it was cleared; `revision` counts its saves."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("assessment_id", "question"),)
    id: Mapped[Id]
    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(120))
    value: Mapped[Any | None] = mapped_column(Json)
    note: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(Moment)
    updated_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    assessment: Mapped[Assessment] = relationship(back_populates="answers")
    author: Mapped[User] = relationship()


class AnswerEvent(Base):
    """One save of one answer; rows are only ever added."""

    __tablename__ = "answer_events"
    __table_args__ = (UniqueConstraint("assessment_id", "question", "revision"),)
    id: Mapped[Id]
    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(120))
    value: Mapped[Any | None] = mapped_column(Json)
    note: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))


class Submission(Base):
    """The frozen act of submitting: everything later reads this and never changes it, but for being superseded."""

    __tablename__ = "submissions"
    id: Mapped[Id]
    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"), unique=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    engine_version: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(24), unique=True)
    """The report number, e.g. SM-7K4Q-W2XN-9D3F (80 random bits)."""
    year: Mapped[int]
    scope: Mapped[str] = mapped_column(String(12))
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    submitted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    pledged_by: Mapped[str] = mapped_column(String(80))
    """Name typed under the pledge of truthfulness."""
    enterprise: Mapped[Plain] = mapped_column(Json)
    """The profile at that moment: name, uscc, region, industry, staff, revenue, size class, scope, entities, audited, year."""
    answers: Mapped[Plain] = mapped_column(Json)
    notes: Mapped[Plain] = mapped_column(Json)
    result: Mapped[Plain] = mapped_column(Json)
    """`scoring.freeze.to_plain` of the result with its trace."""
    outcome: Mapped[str] = mapped_column(String(16))
    level: Mapped[int | None]
    score: Mapped[float | None]
    superseded_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("submissions.id"))
    superseded_at: Mapped[datetime | None] = mapped_column(Moment)
    assessment: Mapped[Assessment] = relationship(foreign_keys=[assessment_id])
    organisation: Mapped[Organisation] = relationship()
