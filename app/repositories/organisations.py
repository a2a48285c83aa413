"""Queries on enterprises, their members, invitations and requests to join."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models import Invitation, JoinRequest, Membership, Organisation


def by_uscc(session: Session, uscc: str) -> Organisation | None:
    """Return the enterprise with this unified social credit code."""
    return session.scalar(select(Organisation).where(Organisation.uscc == uscc))


def members(session: Session, organisation_id: uuid.UUID) -> Sequence[Membership]:
    """Return the members with their persons, the oldest first."""
    query = select(Membership).where(Membership.organisation_id == organisation_id)
    return session.scalars(
        query.options(joinedload(Membership.user)).order_by(Membership.created_at, Membership.id)
    ).all()


def members_locked(session: Session, organisation_id: uuid.UUID) -> Sequence[Membership]:
    """Return the members, held so that no other transaction changes them meanwhile."""
    query = select(Membership).where(Membership.organisation_id == organisation_id).order_by(Membership.id)
    return session.scalars(query.with_for_update()).all()


def open_invitations(session: Session, organisation_id: uuid.UUID, now: datetime) -> Sequence[Invitation]:
    """Return the invitations that can still be accepted, the newest first."""
    query = select(Invitation).where(
        Invitation.organisation_id == organisation_id,
        Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > now,
    )
    return session.scalars(query.order_by(Invitation.created_at.desc(), Invitation.id)).all()


def invitation_by_hash(session: Session, token_hash: str, *, lock: bool = False) -> Invitation | None:
    """Return the invitation behind a token, with its enterprise; `lock` holds it until the transaction ends."""
    query = select(Invitation).where(Invitation.token_hash == token_hash).options(joinedload(Invitation.organisation))
    return session.scalar(query.with_for_update(of=Invitation) if lock else query)


def open_requests(session: Session, organisation_id: uuid.UUID) -> Sequence[JoinRequest]:
    """Return the undecided requests to join an enterprise with the people who ask, the oldest first."""
    query = select(JoinRequest).where(JoinRequest.organisation_id == organisation_id, JoinRequest.decided_at.is_(None))
    return session.scalars(query.options(joinedload(JoinRequest.user)).order_by(JoinRequest.created_at)).all()


def requests_of(session: Session, user_id: uuid.UUID) -> Sequence[JoinRequest]:
    """Return a person's undecided requests with the enterprises, the oldest first."""
    query = select(JoinRequest).where(JoinRequest.user_id == user_id, JoinRequest.decided_at.is_(None))
    return session.scalars(query.options(joinedload(JoinRequest.organisation)).order_by(JoinRequest.created_at)).all()


def request_locked(session: Session, request_id: uuid.UUID) -> JoinRequest | None:
    """Return a request to join, held until the transaction ends."""
    return session.scalar(select(JoinRequest).where(JoinRequest.id == request_id).with_for_update())
