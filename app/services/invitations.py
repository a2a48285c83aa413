"""Invitations: a link that lets one colleague in, once, for a while."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.errors import NotFoundError
from app.models import Invitation, Role, User
from app.repositories import accounts, organisations
from app.services import members
from app.services.access import member
from app.services.sessions import hashed

DAYS = 7
INVITED = (Role.EDITOR, Role.READER)
"""Roles that a link can give; an owner is made by changing the role of a member, whom one knows by then."""


def invite(session: Session, owner: User, organisation_id: uuid.UUID, role: Role, now: datetime) -> str:
    """Make an invitation and return its token, which is stored nowhere."""
    member(session, owner, organisation_id, Role.OWNER)
    token = secrets.token_urlsafe(24)
    made = Invitation(
        organisation_id=organisation_id,
        token_hash=hashed(token),
        role=role,
        created_by=owner.id,
        created_at=now,
        expires_at=now + timedelta(days=DAYS),
    )
    session.add(made)
    return token


def revoke(session: Session, owner: User, organisation_id: uuid.UUID, invitation_id: uuid.UUID, now: datetime) -> None:
    """Make an invitation useless."""
    member(session, owner, organisation_id, Role.OWNER)
    found = session.get(Invitation, invitation_id)
    if found is None or found.organisation_id != organisation_id:
        raise NotFoundError("没有找到这个邀请。")
    found.revoked_at = found.revoked_at or now


def find(session: Session, token: str, now: datetime, *, lock: bool = False) -> Invitation:
    """Return the invitation behind a token that can still be accepted."""
    found = organisations.invitation_by_hash(session, hashed(token), lock=lock)
    if found is None or found.used_at or found.revoked_at or found.expires_at <= now:
        raise NotFoundError("这个邀请链接已使用、已撤销或已过期。请向邀请您的同事要一个新的链接。")
    return found


def accept(session: Session, user: User, token: str, now: datetime) -> Invitation:
    """Use an invitation up and make the user a member; somebody who is one already leaves it unused."""
    invitation = find(session, token, now, lock=True)
    if accounts.membership(session, user.id, invitation.organisation_id) is None:
        members.add(session, invitation.organisation_id, user.id, Role(invitation.role), now)
        invitation.used_at, invitation.used_by = now, user.id
    return invitation
