"""The cookies: what they are called and how they are set."""

from __future__ import annotations

from typing import Final, cast

from fastapi import Request
from starlette.responses import Response

from app.config import Settings

SESSION: Final = "session"
"""The signed-in browser's token."""
VISITOR: Final = "visitor"
"""A random value that the CSRF token is bound to."""
LANGUAGE: Final = "language"
ORGANISATION: Final = "organisation"
"""The enterprise last worked on, for people who belong to several."""
NOTICE: Final = "notice"
"""A message shown once, on the next page."""
YEAR: Final = 365 * 24 * 3600


def settings_of(request: Request) -> Settings:
    """Return the settings of the running app."""
    return cast(Settings, request.app.state.settings)


def _name(request: Request, name: str) -> str:
    # The prefix makes browsers refuse the cookie unless it is secure, of this host and for every path.
    return f"__Host-{name}" if settings_of(request).production else name


def read(request: Request, name: str) -> str:
    """Return a cookie's value, empty when it is not there."""
    return request.cookies.get(_name(request, name), "")


def write(request: Request, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie that no script can read and no other site can send with a POST."""
    secure = settings_of(request).production
    response.set_cookie(_name(request, name), value, max_age=seconds, httponly=True, secure=secure, samesite="lax")


def drop(request: Request, response: Response, name: str) -> None:
    """Remove a cookie."""
    secure = settings_of(request).production
    response.delete_cookie(_name(request, name), httponly=True, secure=secure, samesite="lax")
