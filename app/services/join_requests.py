"""Asking to join an enterprise that is registered already."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import ConflictError, NotFoundError
from app.models import JoinRequest, Role, User
from app.repositories import accounts, organisations
from app.services import members
from app.services.access import member

LONGEST_MESSAGE = 500


def ask(session: Session, user: User, uscc: str, message: str, now: datetime) -> None:
    """Ask the owners to let the user in; asking twice is asking once."""
    organisation = organisations.by_uscc(session, uscc)
    if organisation is None:
        raise NotFoundError("这家企业还没有登记。请直接登记。")
    if accounts.membership(session, user.id, organisation.id):
        raise ConflictError("您已经是这家企业的成员。")
    asked = JoinRequest(
        organisation_id=organisation.id, user_id=user.id, message=message[:LONGEST_MESSAGE], created_at=now
    )
    try:
        with session.begin_nested():
            session.add(asked)
    except IntegrityError:
        return  # the earlier request still stands


def decide(session: Session, owner: User, request_id: uuid.UUID, role: Role | None, now: datetime) -> uuid.UUID:
    """Accept a request with a role, or refuse it with None; return the enterprise's id."""
    asked = organisations.request_locked(session, request_id)
    if asked is None:
        raise NotFoundError("没有找到这个申请。")
    member(session, owner, asked.organisation_id, Role.OWNER)
    if asked.decided_at:
        raise ConflictError("这个申请已由另一位所有者处理。")
    asked.decided_at, asked.decided_by, asked.accepted = now, owner.id, role is not None
    if role and accounts.membership(session, asked.user_id, asked.organisation_id) is None:
        members.add(session, asked.organisation_id, asked.user_id, role, now)
    return asked.organisation_id


def withdraw(session: Session, user: User, request_id: uuid.UUID) -> None:
    """Take one's own undecided request back."""
    asked = organisations.request_locked(session, request_id)
    if asked is None or asked.user_id != user.id or asked.decided_at:
        raise NotFoundError("没有找到这个申请。")
    session.delete(asked)
