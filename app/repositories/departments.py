"""Queries on departments."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models import Department, DepartmentMember


def of_region(session: Session, region: str) -> Department | None:
    """Return the department of a region."""
    return session.scalar(select(Department).where(Department.region == region))


def every(session: Session) -> Sequence[Department]:
    """Return all departments by region."""
    return session.scalars(select(Department).order_by(Department.region)).all()


def of_user(session: Session, user_id: uuid.UUID) -> Sequence[Department]:
    """Return the departments of a person by region."""
    query = select(Department).join(DepartmentMember).where(DepartmentMember.user_id == user_id)
    return session.scalars(query.order_by(Department.region)).all()


def membership(session: Session, department_id: uuid.UUID, user_id: uuid.UUID) -> DepartmentMember | None:
    """Return a person's place in a department."""
    query = select(DepartmentMember).where(
        DepartmentMember.department_id == department_id, DepartmentMember.user_id == user_id
    )
    return session.scalar(query.options(joinedload(DepartmentMember.department)))
