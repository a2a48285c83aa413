"""People: registering, checking a password, changing it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import InvalidError
from app.i18n import LANGUAGES, N_
from app.models import User
from app.repositories import accounts
from app.services import passwords

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
CHECK = N_("有几处需要修改。")
TAKEN = N_("不能用这个邮箱注册。如果您已有账号，请直接登录。")
WRONG_PASSWORD = N_("当前密码不对。")


@dataclass(frozen=True)
class Registration:
    """What a person types to register."""

    name: str
    email: str
    password: str
    consent: bool
    language: str

    def faults(self) -> dict[str, str]:
        """Return the message id for each field that cannot be accepted."""
        found = {"name": name_fault(self.name), "email": email_fault(self.email)}
        found["password"] = passwords.fault(self.password, normal_email(self.email))
        found["consent"] = None if self.consent else N_("注册前请阅读并同意个人信息保护告知和使用条款。")
        return {field: message for field, message in found.items() if message}


def normal_email(email: str) -> str:
    """Return an address in the form in which it is stored and compared."""
    return email.strip().lower()


def email_fault(email: str) -> str | None:
    """Return what is wrong with an address, as a message id, or None."""
    good = EMAIL.fullmatch(normal_email(email)) and len(email) <= 254
    return None if good else N_("请填写完整的邮箱地址，例如 zhang@example.com。")


def name_fault(name: str) -> str | None:
    """Return what is wrong with a person's name, as a message id, or None."""
    return None if 1 <= len(name.strip()) <= 80 else N_("请填写姓名（最多 80 个字）。")


def register(session: Session, wish: Registration, password_hash: str, now: datetime) -> User:
    """Add a person whose `wish` has no faults; raise `InvalidError` when the address is taken."""
    user = User(
        email=normal_email(wish.email),
        name=wish.name.strip(),
        password_hash=password_hash,
        language=wish.language,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        raise InvalidError(CHECK, {"email": TAKEN}) from None
    return user


def check_password(session: Session, email: str, password: str) -> User | None:
    """Return the person with this address and password. An unknown address costs the same time as a wrong password."""
    user = accounts.user_by_email(session, normal_email(email))
    return user if passwords.matches(password, user.password_hash if user else None) else None


def change_profile(session: Session, user: User, name: str, language: str) -> None:
    """Set a person's name and language."""
    if message := name_fault(name):
        raise InvalidError(CHECK, {"name": message})
    if language not in LANGUAGES:
        raise InvalidError(CHECK, {"language": N_("请选择中文或英文。")})
    kept = session.get_one(User, user.id)
    kept.name, kept.language = name.strip(), language


def password_faults(user: User, current: str, new: str) -> dict[str, str]:
    """Return the message id for each field of a change of password that cannot be accepted."""
    found = {"current": None if passwords.matches(current, user.password_hash) else WRONG_PASSWORD}
    found["password"] = passwords.fault(new, user.email)
    return {field: message for field, message in found.items() if message}


def set_password(session: Session, user: User, password_hash: str) -> None:
    """Store the hash of a person's new password."""
    session.get_one(User, user.id).password_hash = password_hash
