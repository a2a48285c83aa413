"""Departments and their officials."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import InvalidError, NotFoundError
from app.models import Department, DepartmentMember, User
from app.repositories import departments
from app.services.cohorts import COUNTRY
from questionnaires.regions import regions


def add(session: Session, name: str, region: str, now: datetime) -> Department:
    """Return a new department; `InvalidError` for a region that is in no table or has one already."""
    if region != COUNTRY and region not in regions():
        raise InvalidError("没有这个地区代码：%(code)s。请用 GB/T 2260 的六位代码；全国为 000000。", code=region)
    if departments.of_region(session, region):
        raise InvalidError("地区 %(code)s 已有主管部门。", code=region)
    made = Department(name=name, region=region, created_at=now)
    session.add(made)
    session.flush()
    return made


def join(session: Session, department: Department, user: User, now: datetime) -> None:
    """Make a person an official of a department; once is enough."""
    if departments.membership(session, department.id, user.id) is None:
        session.add(DepartmentMember(department_id=department.id, user_id=user.id, created_at=now))
        session.flush()


def of_user(session: Session, user: User) -> Sequence[Department]:
    """Return the departments that a person works for."""
    return departments.of_user(session, user.id)


def opened(session: Session, user: User, department_id: uuid.UUID) -> Department:
    """Return a department to one of its officials; strangers get `NotFoundError`."""
    found = departments.membership(session, department_id, user.id)
    if found is None:
        raise NotFoundError("没有找到这个页面。")
    return found.department


def covers(department: Department, region: str) -> bool:
    """Whether a region lies in the department's subtree."""
    own = department.region
    if own == COUNTRY:
        return True
    prefix = own[:2] if own.endswith("0000") else own[:4] if own.endswith("00") else own
    return region.startswith(prefix)
