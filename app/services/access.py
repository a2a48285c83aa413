"""Who may do what in an enterprise."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from app.errors import ForbiddenError, NotFoundError
from app.models import Membership, Role, User
from app.repositories import accounts

ORDER = (Role.READER, Role.EDITOR, Role.OWNER)


def allows(role: str, at_least: Role) -> bool:
    """Whether `role` is `at_least` or higher."""
    return ORDER.index(Role(role)) >= ORDER.index(at_least)


def member(session: Session, user: User, organisation_id: uuid.UUID, at_least: Role = Role.READER) -> Membership:
    """Return the user's membership.

    Raises `NotFoundError` for a stranger, who may not learn that the enterprise is here, and `ForbiddenError` for too low a role.
    """
    found = accounts.membership(session, user.id, organisation_id)
    if found is None:
        raise NotFoundError("没有找到这个页面。")
    if not allows(found.role, at_least):
        raise ForbiddenError("您在这家企业的角色不能做这件事。请联系企业的所有者。")
    return found
