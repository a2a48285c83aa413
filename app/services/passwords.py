"""Passwords: argon2, with the same work for an unknown account as for a known one."""

from __future__ import annotations

from functools import cache

from pwdlib import PasswordHash

from app.i18n import N_

SHORTEST = 10
LONGEST = 128


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobody() -> str:
    return _hasher().hash("the password of nobody")


def hashed(password: str) -> str:
    """Return the hash to store."""
    return _hasher().hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether `password` is the one behind `stored`; for None the answer is no, after the same work."""
    if len(password) > LONGEST:
        return False
    return _hasher().verify(password, stored or _nobody()) and stored is not None


def fault(password: str, email: str) -> str | None:
    """Return what is wrong with a new password, as a message id, or None."""
    if len(password) < SHORTEST:
        return N_("密码至少要 10 个字符。一句自己记得住的话就很好。")
    if len(password) > LONGEST:
        return N_("密码最长 128 个字符。")
    if len(set(password)) < 5 or password.casefold() == email:
        return N_("这个密码太容易猜到。请换一个字符更多样、与邮箱无关的密码。")
    return None
