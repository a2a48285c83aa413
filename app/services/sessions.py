"""Signed-in browsers: a random token in a cookie, its hash in the database."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.errors import NotFoundError
from app.models import LoginSession, User
from app.repositories import accounts

SEEN_EVERY = timedelta(minutes=10)
"""How exact `seen_at` is; a write on every request would be waste."""


def hashed(token: str) -> str:
    """Return the hash under which a token is stored (SHA-256; tokens carry 256 random bits, so no salt is needed)."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_login(session: Session, user: User, user_agent: str, now: datetime, days: int) -> str:
    """Sign a browser in and return the token for its cookie."""
    accounts.forget_expired(session, user.id, now)
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            user_id=user.id,
            token_hash=hashed(token),
            user_agent=user_agent[:200],
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(days=days),
        )
    )
    return token


def find_login(session: Session, token: str, now: datetime) -> LoginSession | None:
    """Return the login behind a cookie's token, with its user."""
    return accounts.login_by_hash(session, hashed(token), now)


def stale(login: LoginSession, now: datetime) -> bool:
    """Whether it is time to note that the browser was seen."""
    return now - login.seen_at > SEEN_EVERY


def touch(session: Session, login_id: uuid.UUID, now: datetime, days: int) -> None:
    """Note that the browser was seen, which keeps it signed in for another `days`."""
    login = session.get(LoginSession, login_id)
    if login:
        login.seen_at, login.expires_at = now, now + timedelta(days=days)


def end_login(session: Session, user: User, login_id: uuid.UUID) -> None:
    """Sign one of the user's browsers out."""
    login = session.get(LoginSession, login_id)
    if login is None or login.user_id != user.id:
        raise NotFoundError("没有找到这个登录会话。")
    session.delete(login)


def end_others(session: Session, user: User, keep: uuid.UUID, now: datetime) -> int:
    """Sign out every browser of the user but one; return how many."""
    others = [login for login in accounts.logins_of(session, user.id, now) if login.id != keep]
    for login in others:
        session.delete(login)
    return len(others)
