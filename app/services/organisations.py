"""Enterprises: registering one and keeping its profile."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import ConflictError
from app.models import Organisation, Role, User
from app.services import members
from app.services.access import member
from app.services.profiles import Profile


class RegisteredError(ConflictError):
    """The credit code belongs to an enterprise that is here already; one can only ask to join it."""


def register(session: Session, user: User, profile: Profile, now: datetime) -> Organisation:
    """Add an enterprise with the user as its owner."""
    made = Organisation(
        uscc=profile.uscc,
        name=profile.name,
        region=profile.region,
        industry=profile.industry,
        staff=profile.staff,
        revenue=profile.revenue,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise RegisteredError("这个统一社会信用代码已经登记。") from None
    members.add(session, made.id, user.id, Role.OWNER, now)
    return made


def change(session: Session, owner: User, organisation_id: uuid.UUID, profile: Profile) -> None:
    """Change an enterprise's profile; its credit code stays."""
    organisation = member(session, owner, organisation_id, Role.OWNER).organisation
    organisation.name, organisation.region, organisation.industry = profile.name, profile.region, profile.industry
    organisation.staff, organisation.revenue = profile.staff, profile.revenue
