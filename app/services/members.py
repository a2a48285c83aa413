"""Who belongs to an enterprise: roles, removal, transfer. An enterprise always keeps an owner."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import ConflictError, InvalidError, NotFoundError
from app.i18n import N_
from app.models import Membership, Role, User
from app.repositories import accounts, organisations
from app.services.access import member

LAST_OWNER = N_("企业至少要有一位所有者。请先把另一位成员设为所有者。")


def parse_role(value: str, allowed: Sequence[Role] = tuple(Role)) -> Role:
    """Return the role of that name, if it is `allowed` here."""
    if value not in allowed:
        raise InvalidError("请选择角色。", {"role": N_("请选择角色。")})
    return Role(value)


def add(session: Session, organisation_id: uuid.UUID, user_id: uuid.UUID, role: Role, now: datetime) -> Membership:
    """Make a person a member; raise `ConflictError` for one who is."""
    made = Membership(organisation_id=organisation_id, user_id=user_id, role=role, created_at=now)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise ConflictError("这位用户已经是企业的成员。") from None
    return made


def change_role(
    session: Session, owner: User, organisation_id: uuid.UUID, membership_id: uuid.UUID, role: Role
) -> None:
    """Give a member another role."""
    member(session, owner, organisation_id, Role.OWNER)
    members = organisations.members_locked(session, organisation_id)
    changed = _among(members, membership_id)
    if role is not Role.OWNER:
        _refuse_last_owner(members, changed)
    changed.role = role


def remove(session: Session, user: User, organisation_id: uuid.UUID, membership_id: uuid.UUID) -> bool:
    """End a membership: an owner anybody's, others their own. Return whether it was the user's own."""
    own = member(session, user, organisation_id)
    if own.id != membership_id:
        member(session, user, organisation_id, Role.OWNER)
    members = organisations.members_locked(session, organisation_id)
    removed = _among(members, membership_id)
    _refuse_last_owner(members, removed)
    session.delete(removed)
    return removed.user_id == user.id


def transfer(session: Session, uscc: str, email: str, now: datetime) -> tuple[str, str]:
    """Make the person with `email` the only owner; earlier owners become editors. Return the enterprise's and the person's name.

    For the operator, who has checked outside this tool that the person speaks for the enterprise.
    """
    organisation = organisations.by_uscc(session, uscc)
    user = accounts.user_by_email(session, email)
    if organisation is None:
        raise NotFoundError("没有统一社会信用代码为 %(uscc)s 的企业。", uscc=uscc)
    if user is None:
        raise NotFoundError("没有邮箱为 %(email)s 的用户，请先让对方注册。", email=email)
    members = organisations.members_locked(session, organisation.id)
    for one in members:
        if one.role == Role.OWNER:
            one.role = Role.EDITOR
    known = next((one for one in members if one.user_id == user.id), None)
    if known:
        known.role = Role.OWNER
    else:
        add(session, organisation.id, user.id, Role.OWNER, now)
    return organisation.name, user.name


def _among(members: Sequence[Membership], membership_id: uuid.UUID) -> Membership:
    for one in members:
        if one.id == membership_id:
            return one
    raise NotFoundError("没有找到这位成员，可能已被移出。")


def _refuse_last_owner(members: Sequence[Membership], leaving: Membership) -> None:
    owners = [one for one in members if one.role == Role.OWNER]
    if owners == [leaving]:
        raise ConflictError(LAST_OWNER)
