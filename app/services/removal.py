"""Removing a person's account while keeping what was answered and submitted."""

from __future__ import annotations

import secrets

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.errors import ConflictError, NotFoundError
from app.i18n import N_
from app.models import JoinRequest, LoginSession, Membership, Role, User
from app.repositories import accounts, organisations
from app.services import passwords

NAME = N_("已注销的用户")


def remove_person(session: Session, email: str) -> None:
    """Forget a person: name, address, password, logins, memberships and requests. Their answers stay, by a nameless author."""
    user = accounts.user_by_email(session, email)
    if user is None:
        raise NotFoundError("没有邮箱为 %(email)s 的用户。", email=email)
    _refuse_only_owner(session, user)
    for table in (LoginSession, Membership, JoinRequest):
        session.execute(delete(table).where(table.user_id == user.id))
    user.name, user.email = NAME, f"removed-{user.id}@invalid"
    user.password_hash = passwords.hashed(secrets.token_urlsafe(32))


def _refuse_only_owner(session: Session, user: User) -> None:
    for own in accounts.memberships_of(session, user.id):
        if own.role != Role.OWNER:
            continue
        members = organisations.members_locked(session, own.organisation_id)
        owners = [one for one in members if one.role == Role.OWNER]
        if len(owners) == 1 and len(members) > 1:
            raise ConflictError("这位用户是企业“%(name)s”唯一的所有者。请先转移所有权。", name=own.organisation.name)
