"""Queries on people, their signed-in browsers and their memberships."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from app.models import LoginSession, Membership, User


def user_by_email(session: Session, email: str) -> User | None:
    """Return the user with this address (lower case)."""
    return session.scalar(select(User).where(User.email == email))


def login_by_hash(session: Session, token_hash: str, now: datetime) -> LoginSession | None:
    """Return the login that has not run out, with its user."""
    query = select(LoginSession).where(LoginSession.token_hash == token_hash, LoginSession.expires_at > now)
    return session.scalar(query.options(joinedload(LoginSession.user)))


def logins_of(session: Session, user_id: uuid.UUID, now: datetime) -> Sequence[LoginSession]:
    """Return a user's logins that have not run out, the latest used first."""
    query = select(LoginSession).where(LoginSession.user_id == user_id, LoginSession.expires_at > now)
    return session.scalars(query.order_by(LoginSession.seen_at.desc(), LoginSession.id)).all()


def forget_expired(session: Session, user_id: uuid.UUID, now: datetime) -> None:
    """Remove a user's logins that have run out."""
    session.execute(delete(LoginSession).where(LoginSession.user_id == user_id, LoginSession.expires_at <= now))


def memberships_of(session: Session, user_id: uuid.UUID) -> Sequence[Membership]:
    """Return a user's memberships with their enterprises, the oldest first."""
    query = select(Membership).where(Membership.user_id == user_id).options(joinedload(Membership.organisation))
    return session.scalars(query.order_by(Membership.created_at, Membership.id)).all()


def membership(session: Session, user_id: uuid.UUID, organisation_id: uuid.UUID) -> Membership | None:
    """Return a user's membership in an enterprise, with the enterprise."""
    query = select(Membership).where(Membership.user_id == user_id, Membership.organisation_id == organisation_id)
    return session.scalar(query.options(joinedload(Membership.organisation)))
